namespace WalProvider;

/// <summary>Julian day numbers, SQLite's REAL form of a date, to the millisecond as the wrapped provider has it.</summary>
/// <seealso href="https://www.sqlite.org/lang_datefunc.html"/>
internal static class JulianDay
{
    private const long MillisecondsPerDay = 86_400_000;

    // 0001-01-01T00:00 is Julian day 1721425.5.
    private const long FirstDayMilliseconds = 1_721_425 * MillisecondsPerDay + MillisecondsPerDay / 2;

    // From here, in the year 400, to the end of 9999 the wrapped provider's arithmetic is plain counting of days. Before, it
    // rounds centuries the other way, as SQLite's did; past it, it overflows.
    private const double PlainFrom = 1_867_217;
    private const double PlainTo = 5_373_484;

    internal static double From(DateTime value)
        => (FirstDayMilliseconds + value.Date.Ticks / TimeSpan.TicksPerMillisecond + TimeOfDay(value.TimeOfDay))
            / (double)MillisecondsPerDay;

    /// <summary>A time of day as a fraction of a day.</summary>
    internal static double FractionOf(TimeOnly value) => TimeOfDay(value.ToTimeSpan()) / (double)MillisecondsPerDay;

    /// <exception cref="ArgumentOutOfRangeException">It is no day of the years 1 to 9999.</exception>
    internal static DateTime ToDateTime(double julianDay)
    {
        if (julianDay is not (>= PlainFrom and < PlainTo))
        {
            return WrappedConversion.ToDateTime(julianDay);
        }

        var milliseconds = (long)(julianDay * MillisecondsPerDay + 0.5) - FirstDayMilliseconds;
        return new DateTime(milliseconds * TimeSpan.TicksPerMillisecond);
    }

    private static long TimeOfDay(TimeSpan time)
        // NB: seconds and milliseconds meet in floating point, as in the wrapped provider and in SQLite: a
        // millisecond can get lost on the way, and both must lose the same one.
        => (time.Hours * 3600L + time.Minutes * 60L) * 1000 + (long)((time.Seconds + time.Milliseconds / 1000.0) * 1000);
}
