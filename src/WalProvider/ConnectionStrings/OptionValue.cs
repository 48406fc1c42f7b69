using System.Diagnostics.CodeAnalysis;

namespace WalProvider;

/// <summary>What values a keyword takes, and how what a user wrote becomes one of them.</summary>
internal abstract class OptionValue
{
    /// <summary>The allowed values in words, as they stand in error messages and in the docs.</summary>
    public abstract string Range { get; }

    /// <summary>
    /// Turns text from a connection string, or a value set in code, into the keyword's own type.
    /// A result of null means that the keyword counts as not set.
    /// </summary>
    /// <returns>False where the value is not allowed.</returns>
    public abstract bool TryConvert(object value, out object? converted);

    /// <summary>Reads any of the integer types; text and enums are not integers here.</summary>
    protected static bool TryGetInteger(object value, [NotNullWhen(true)] out long? integer)
    {
        integer = value switch
        {
            int i => i,
            long l => l,
            short s => s,
            byte b => b,
            uint u => u,
            ushort u => u,
            sbyte s => s,
            ulong u when u <= long.MaxValue => (long)u,
            _ => null,
        };
        return integer is not null;
    }
}
