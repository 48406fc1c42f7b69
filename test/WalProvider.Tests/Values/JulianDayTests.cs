using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class JulianDayTests
{
    // The day numbers are SQLite's own, of its julianday().
    [TestCase("0001-01-01 00:00:00", 1721425.5)]
    [TestCase("1582-10-15 00:00:00", 2299160.5)]
    [TestCase("1970-01-01 00:00:00", 2440587.5)]
    [TestCase("2000-01-01 12:00:00", 2451545.0)]
    [TestCase("9999-12-31 00:00:00", 5373483.5)]
    public void From_counts_days_as_SQLite_does(string time, double expected)
        => JulianDay.From(DateTime.Parse(time)).ShouldBe(expected);

    [TestCase(2299160.5, "1582-10-15 00:00:00")]
    [TestCase(2440587.5, "1970-01-01 00:00:00")]
    [TestCase(2451545.0, "2000-01-01 12:00:00")]
    [TestCase(5373483.5, "9999-12-31 00:00:00")]
    [TestCase(1867217.0, "0400-03-01 12:00:00")]
    public void ToDateTime_counts_days_as_SQLite_does(double julianDay, string expected)
        => JulianDay.ToDateTime(julianDay).ShouldBe(DateTime.Parse(expected));

    [Test]
    public void ToDateTime_gives_back_what_From_was_given_to_the_millisecond()
    {
        for (var time = new DateTime(400, 3, 1, 1, 2, 3, 4); time.Year < 9990; time = time.AddMilliseconds(86_400_000.0 * 365.25 * 7.77))
        {
            var whole = new DateTime(time.Ticks - time.Ticks % TimeSpan.TicksPerSecond);
            JulianDay.ToDateTime(JulianDay.From(whole)).ShouldBe(whole);
        }
    }

    [TestCase(0.0)]
    [TestCase(1721424.4)]
    [TestCase(5373484.5)]
    [TestCase(1e300)]
    public void ToDateTime_refuses_what_is_no_day_of_these_years(double julianDay)
        => Should.Throw<ArgumentOutOfRangeException>(() => JulianDay.ToDateTime(julianDay));

    [TestCase("00:00", 0.0)]
    [TestCase("06:00", 0.25)]
    [TestCase("12:00", 0.5)]
    [TestCase("23:59:59.999", 86_399_999 / 86_400_000.0)]
    public void FractionOf_gives_the_part_of_a_day(string time, double expected)
        => JulianDay.FractionOf(TimeOnly.Parse(time)).ShouldBe(expected);
}
