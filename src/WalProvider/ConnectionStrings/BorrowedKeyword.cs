using System.Globalization;

namespace WalProvider;

/// <summary>
/// A keyword of System.Data.SQLite that has no equal here. It is translated when it is set and not kept, so a
/// connection string that is read back has our own keywords only.
/// </summary>
internal sealed class BorrowedKeyword
{
    private readonly Func<string, Borrowing?> _translate;

    /// <param name="name">The spelling with spaces.</param>
    /// <param name="accepts">The values that are accepted, in words.</param>
    /// <param name="text">What becomes of it, for the docs page; where a value is refused, the reason.</param>
    /// <param name="translate">From the value as text; null refuses it.</param>
    public BorrowedKeyword(string name, string accepts, string text, Func<string, Borrowing?> translate)
    {
        Name = name;
        Accepts = accepts;
        Text = text;
        _translate = translate;
    }

    public string Name { get; }

    public string Accepts { get; }

    public string Text { get; }

    public string[] Aliases { get; init; } = [];

    public IEnumerable<string> Spellings =>
        new[] { Name, Name.Replace(" ", ""), Name.Replace(' ', '_').ToLowerInvariant() }
            .Concat(Aliases)
            .Distinct(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="ArgumentException">The value asks for something that cannot be honoured here.</exception>
    public Borrowing Translate(object value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture)!.Trim();
        return _translate(text)
            ?? throw new ArgumentException($"Connection string keyword '{Name}' is set to '{Shown(text)}'. It takes {Accepts}. {Text}");
    }

    // Errors end up in logs.
    private string Shown(string text) => Name.Contains("Password", StringComparison.Ordinal) ? "***" : text;
}
