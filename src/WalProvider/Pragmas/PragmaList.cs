using System.Text.RegularExpressions;

namespace WalProvider;

/// <summary>
/// The keyword Pragmas: <c>name=value</c> pairs with commas between them. Names and values go into SQL as text, for
/// PRAGMA takes no parameters, so nothing but a plain name and a single literal gets through.
/// </summary>
internal static partial class PragmaList
{
    // They do work or unlock things, and are no state of a session that could be read back.
    private static readonly string[] NoSettings =
    [
        "foreign_key_check", "hexkey", "hexrekey", "incremental_vacuum", "integrity_check", "key", "optimize", "quick_check",
        "rekey", "shrink_memory", "textkey", "textrekey", "wal_checkpoint",
    ];

    /// <exception cref="ArgumentException">The text is malformed, or a name has a keyword of its own or is no setting.</exception>
    public static IReadOnlyList<Pragma> Parse(string text)
    {
        var pragmas = new List<Pragma>();
        var position = 0;
        while (position < text.Length && !string.IsNullOrWhiteSpace(text[position..]))
        {
            var pair = Pair().Match(text, position);
            if (!pair.Success)
                throw Wrong(text, $"'{text[position..].Trim()}' is no name=value pair with a number, a word or a text in single quotes");
            var pragma = new Pragma(pair.Groups["name"].Value, pair.Groups["value"].Value);
            Check(text, pragma, pragmas);
            pragmas.Add(pragma);
            position = pair.Index + pair.Length;
        }

        return pragmas;
    }

    private static void Check(string text, Pragma pragma, List<Pragma> before)
    {
        bool IsSame(string? name) => pragma.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

        if (WalOptions.All.FirstOrDefault(option => IsSame(option.Pragma)) is { } keyword)
            throw Wrong(text, $"{pragma.Name} has a keyword of its own, '{keyword.Name}'; use that");
        if (NoSettings.Any(IsSame))
            throw Wrong(text, $"{pragma.Name} is not a setting of a session; execute it as a statement where it is needed");
        if (before.Any(other => IsSame(other.Name)))
            throw Wrong(text, $"{pragma.Name} stands in it twice");
    }

    private static ArgumentException Wrong(string text, string reason) =>
        new($"Connection string keyword '{WalOptions.Pragmas.Name}' is set to '{text}'. It takes {WalOptions.Pragmas.Range}; {reason}.");

    // \G and the comma or end: each match begins where the last one ended, so nothing in between is skipped.
    [GeneratedRegex(
        """\G\s*(?<name>[A-Za-z_][A-Za-z0-9_]*)\s*=\s*(?<value>[+-]?[0-9]+(\.[0-9]+)?|[A-Za-z_][A-Za-z0-9_]*|'([^'\0]|'')*')\s*(,|\z)""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pair();
}
