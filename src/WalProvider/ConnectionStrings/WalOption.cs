using System.Globalization;

namespace WalProvider;

/// <summary>One keyword of the connection string: everything that the builder, the parser and the docs page say of it.</summary>
internal sealed class WalOption(string name, OptionGroup group)
{
    /// <summary>The canonical spelling, with spaces.</summary>
    public string Name => name;

    public OptionGroup Group => group;

    public required OptionValue Value { get; init; }

    /// <summary>What an unset keyword reads as; null where another setting decides.</summary>
    public object? Default { get; init; }

    /// <summary>One paragraph for the docs page.</summary>
    public required string Text { get; init; }

    /// <summary>The default in words, where the value alone does not say it.</summary>
    public string? DefaultText { get; init; }

    /// <summary>The unit of a number, in words.</summary>
    public string? Unit { get; init; }

    /// <summary>Further spellings, beyond those that follow from the name.</summary>
    public string[] Aliases { get; init; } = [];

    /// <summary>The pragma that this keyword sets.</summary>
    public string? Pragma { get; init; }

    /// <summary>Every spelling: the name, the name without spaces, in snake case, and the further ones.</summary>
    public IEnumerable<string> Spellings =>
        new[] { Name, Name.Replace(" ", ""), Name.Replace(' ', '_').ToLowerInvariant() }
            .Concat(Aliases)
            .Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>The allowed values with their unit, for error messages and for the docs page.</summary>
    public string Range => Unit is null ? Value.Range : $"{Value.Range} ({Unit})";

    /// <exception cref="ArgumentException">The value is not allowed. The message names keyword, value and range.</exception>
    public object? Convert(object value) =>
        Value.TryConvert(value, out var converted) ? converted : throw NotAllowed(value);

    private ArgumentException NotAllowed(object value) =>
        new($"Connection string keyword '{Name}' is set to '{System.Convert.ToString(value, CultureInfo.InvariantCulture)}'. "
            + $"It takes {Range}.");
}
