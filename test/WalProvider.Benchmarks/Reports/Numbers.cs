using System.Globalization;

namespace WalProvider.Benchmarks;

/// <summary>Numbers as people read them, the same in every culture.</summary>
internal static class Numbers
{
    public static string Short(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Three significant digits and thousands separated.</summary>
    public static string Of(double value) => Math.Abs(value) switch
    {
        0 => "0",
        < 0.1 => value.ToString("0.000", CultureInfo.InvariantCulture),
        < 10 => value.ToString("0.00", CultureInfo.InvariantCulture),
        < 100 => value.ToString("0.0", CultureInfo.InvariantCulture),
        < 10_000 => value.ToString("#,0", CultureInfo.InvariantCulture),
        // A run does not repeat to more than three digits.
        _ => Rounded(value).ToString("#,0", CultureInfo.InvariantCulture),
    };

    /// <summary>To the unit, and thousands separated.</summary>
    public static string Whole(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static double Rounded(double value)
    {
        var step = Math.Pow(10, Math.Floor(Math.Log10(value)) - 2);
        return Math.Round(value / step) * step;
    }
}
