namespace WalProvider.Tool;

/// <summary>Text of strangers (names of tables and files, errors) as a terminal may have it: what would steer the terminal is replaced.</summary>
internal static class PlainText
{
    private const char Replacement = '\uFFFD';

    /// <summary>The text with each control character, and each that turns the direction of writing, replaced.</summary>
    public static string Clean(string text) => text.Any(Steers) ? string.Create(text.Length, text, Replace) : text;

    /// <summary>The character, or what stands for it.</summary>
    public static char Clean(char letter) => Steers(letter) ? Replacement : letter;

    private static void Replace(Span<char> cleaned, string text)
    {
        for (var i = 0; i < text.Length; i++)
            cleaned[i] = Clean(text[i]);
    }

    private static bool Steers(char letter)
        => (char.IsControl(letter) && letter is not ('\n' or '\r' or '\t')) || letter is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
