using System.Globalization;
using System.Text;

namespace WalProvider.Tool;

/// <summary>The Unicode table that every .NET carries: all code points, assigned or not.</summary>
internal static class UnicodeData
{
    public const int CodePoints = 0x110000;

    private static readonly string[] Categories = Enum.GetNames<UnicodeCategory>();

    /// <summary>Reads the table anew; nothing is kept between two calls.</summary>
    public static IEnumerable<UnicodeRow> Read()
    {
        for (var codePoint = 0; codePoint < CodePoints; codePoint++)
            yield return RowOf(codePoint);
    }

    private static UnicodeRow RowOf(int codePoint)
    {
        var category = CharUnicodeInfo.GetUnicodeCategory(codePoint);

        // NB: half a surrogate pair is a code point and no character: it has a category and nothing else.
        var isCharacter = Rune.TryCreate(codePoint, out var rune);
        return new UnicodeRow
        {
            CodePoint = codePoint,
            Category = Categories[(int)category],
            NumericValue = isCharacter ? NumericValueOf(rune) : null,
            Upper = isCharacter ? Rune.ToUpperInvariant(rune).Value : codePoint,
            Lower = isCharacter ? Rune.ToLowerInvariant(rune).Value : codePoint,
            Decomposition = isCharacter && category != UnicodeCategory.OtherNotAssigned ? DecompositionOf(rune) : null,
        };
    }

    private static double? NumericValueOf(Rune rune) => Rune.GetNumericValue(rune) is var value and not -1 ? value : null;

    private static string? DecompositionOf(Rune rune)
    {
        if (rune.IsAscii)
            return null;
        var text = rune.ToString();
        var decomposed = text.Normalize(NormalizationForm.FormKD);
        return decomposed == text ? null : decomposed;
    }
}
