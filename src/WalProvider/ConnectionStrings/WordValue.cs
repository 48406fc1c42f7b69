using System.Globalization;

namespace WalProvider;

/// <summary>
/// A keyword for a pragma that takes one of SQLite's words. A word's place in the list is the number that the pragma
/// takes for it and answers with, where <paramref name="isNumbered"/> says that it has one.
/// </summary>
internal sealed class WordValue(bool isNumbered, params string[] words) : OptionValue
{
    public override string Range => "one of " + string.Join(", ", words);

    public override bool TryConvert(object value, out object? converted)
    {
        converted = Find(Convert.ToString(value, CultureInfo.InvariantCulture)!.Trim());
        return converted is not null || IsDefault(value);
    }

    private string? Find(string text)
    {
        if (isNumbered && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var place))
            return place < words.Length ? words[place] : null;
        return Array.Find(words, word => word.Equals(text, StringComparison.OrdinalIgnoreCase));
    }

    // System.Data.SQLite writes "Default" for a pragma that it does not set.
    private static bool IsDefault(object value) =>
        value is string text && (text.Length == 0 || text.Equals("Default", StringComparison.OrdinalIgnoreCase));
}
