using System.Globalization;

namespace WalProvider.Tool;

/// <summary>
/// Finds what a text could be stored as. Strict, since a column's type is decided by it: 007, +5, 1_000 and a number that
/// a double would change stay text, and so does a whole column that holds one of them.
/// </summary>
internal static class ValueClassifier
{
    /// <summary>Beyond it a double skips whole numbers.</summary>
    private const long WidestExactInteger = 1L << 53;

    /// <summary>So many significant digits survive the way into a double and back.</summary>
    private const int SafeDigits = 15;

    /// <summary>The kind of a CSV field. Spaces around a number do not matter.</summary>
    public static ValueKind OfField(string text) => text.Length == 0 ? ValueKind.Empty : OfNumber(text.AsSpan().Trim(' '));

    /// <summary>The kind of a number's text; Text when it is none, or one that no column could hold unchanged.</summary>
    public static ValueKind OfNumber(ReadOnlySpan<char> text)
    {
        var unsigned = text.StartsWith("-") ? text[1..] : text;
        var whole = LeadingDigits(unsigned);
        if (whole == 0 || (whole > 1 && unsigned[0] == '0'))
            return ValueKind.Text;
        return whole == unsigned.Length ? OfInteger(text) : OfReal(text, unsigned, whole);
    }

    private static ValueKind OfInteger(ReadOnlySpan<char> text)
    {
        if (text is "-0" || !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            return ValueKind.Text;
        return value is >= -WidestExactInteger and <= WidestExactInteger ? ValueKind.Integer : ValueKind.WideInteger;
    }

    private static ValueKind OfReal(ReadOnlySpan<char> text, ReadOnlySpan<char> unsigned, int whole)
    {
        var end = whole;
        if (unsigned[end] == '.')
        {
            var fraction = LeadingDigits(unsigned[(end + 1)..]);
            if (fraction == 0)
                return ValueKind.Text;
            end += 1 + fraction;
        }

        return IsExponent(unsigned[end..]) && KeepsDigits(text, unsigned[..end]) ? ValueKind.Real : ValueKind.Text;
    }

    private static bool IsExponent(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return true;
        if (text[0] is not ('e' or 'E'))
            return false;
        var digits = text[1..].TrimStart("+-");
        return text.Length - digits.Length <= 2 && digits.Length > 0 && LeadingDigits(digits) == digits.Length;
    }

    private static bool KeepsDigits(ReadOnlySpan<char> text, ReadOnlySpan<char> mantissa)
    {
        var value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        var digits = Significant(mantissa);
        if (!double.IsFinite(value) || (value == 0 && digits.Length > 0))
            return false;

        // What a program wrote from a double is the shortest text that gives it back, or 17 digits.
        return digits.Length <= SafeDigits || digits == Significant(Mantissa(value, "R")) || digits == Significant(Mantissa(value, "G17"));
    }

    private static string Mantissa(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture).Split('E')[0];

    private static string Significant(ReadOnlySpan<char> mantissa) => mantissa.ToString().Replace(".", "").Trim('-').Trim('0');

    private static int LeadingDigits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }
}
