using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>What becomes of a value that a function gives back, as of a parameter of that value.</summary>
internal static class FunctionResult
{
    /// <summary>The value in the type of its storage class; null for NULL.</summary>
    /// <exception cref="InvalidOperationException">It is NaN, or of a type that the wrapped provider does not know.</exception>
    internal static object? From(object? value) => value switch
    {
        null or DBNull => null,
        long or string or byte[] => value,
        int number => (long)number,
        bool flag => flag ? 1L : 0L,
        double number when !double.IsNaN(number) => value,
        _ => WrappedConversion.Convert(new SqliteParameter("@value", value)),
    };
}
