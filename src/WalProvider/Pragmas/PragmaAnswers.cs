using System.Globalization;

namespace WalProvider;

/// <summary>Compares what was asked of a pragma with what it answers: many take words and answer with numbers.</summary>
internal static class PragmaAnswers
{
    private static readonly string[] OnWords = ["ON", "TRUE", "YES"];
    private static readonly string[] OffWords = ["OFF", "FALSE", "NO"];

    private static readonly Dictionary<string, string[]> NumberedWords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["synchronous"] = ["OFF", "NORMAL", "FULL", "EXTRA"],
        ["temp_store"] = ["DEFAULT", "FILE", "MEMORY"],
        ["auto_vacuum"] = ["NONE", "FULL", "INCREMENTAL"],
        ["secure_delete"] = ["OFF", "ON", "FAST"],
    };

    /// <summary>Whether an answer says what was asked for.</summary>
    public static bool Grants(Pragma asked, string answer)
    {
        var value = Unquote(asked.Value);
        return value.Equals(answer, StringComparison.OrdinalIgnoreCase)
            || (Number(asked.Name, value) is { } number && number == Number(asked.Name, answer));
    }

    /// <summary>The answer in the words of the question: the question's own where they mean the same.</summary>
    public static string InWordsOf(Pragma asked, string answer)
    {
        if (Grants(asked, answer))
            return asked.Value;
        if (NumberedWords.TryGetValue(asked.Name, out var words) && Number(asked.Name, answer) is { } place
            && place >= 0 && place < words.Length)
            return words[(int)place];
        return IsWord(asked.Value) && Number(asked.Name, answer) is { } flag and (0 or 1)
            ? flag == 1 ? "ON" : "OFF"
            : answer;
    }

    private static decimal? Number(string name, string value)
    {
        if (NumberedWords.TryGetValue(name, out var words)
            && Array.FindIndex(words, word => word.Equals(value, StringComparison.OrdinalIgnoreCase)) is var place and >= 0)
            return place;
        if (OnWords.Contains(value, StringComparer.OrdinalIgnoreCase))
            return 1;
        if (OffWords.Contains(value, StringComparer.OrdinalIgnoreCase))
            return 0;
        return decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static bool IsWord(string value) => char.IsLetter(value[0]);

    private static string Unquote(string value) =>
        value.StartsWith('\'') ? value[1..^1].Replace("''", "'", StringComparison.Ordinal) : value;
}
