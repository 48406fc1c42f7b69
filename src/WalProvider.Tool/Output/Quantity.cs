using System.Globalization;

namespace WalProvider.Tool;

/// <summary>Numbers with their units, as a person reads them.</summary>
internal static class Quantity
{
    private static readonly string[] Units = ["bytes", "KiB", "MiB", "GiB", "TiB"];

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"1 row", "1,234 rows".</summary>
    public static string Rows(long count) => count == 1 ? "1 row" : $"{Count(count)} rows";

    public static string Bytes(long bytes)
    {
        double value = bytes;
        var unit = 0;
        for (; value >= 1024 && unit < Units.Length - 1; unit++)
            value /= 1024;
        return unit == 0 ? $"{Count(bytes)} bytes" : string.Create(CultureInfo.InvariantCulture, $"{value:0.0} {Units[unit]}");
    }

    public static string Time(TimeSpan time) => time.TotalSeconds < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    public static double PerSecond(long rows, TimeSpan time) => rows / Math.Max(time.TotalSeconds, 1e-6);

    /// <summary>"247,000/s": three figures, since the fourth is noise.</summary>
    public static string Rate(long rows, TimeSpan time)
    {
        var rate = PerSecond(rows, time);
        var step = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(Math.Max(rate, 1))) - 2));
        return $"{Count((long)(Math.Round(rate / step) * step))}/s";
    }
}
