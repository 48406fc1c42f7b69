using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Checkpoints;

[Parallelizable(ParallelScope.All)]
public class ReaderReportTests
{
    private static readonly TimeSpan After = TimeSpan.FromSeconds(30);
    private static readonly WalReader Reader = new("the report", DateTimeOffset.UnixEpoch, After, "SELECT 1");

    [Test]
    public void Look_reports_a_reader_from_its_age_on_and_once()
    {
        var log = new LogList();
        var report = new ReaderReport(After, log);

        report.Look("a.db", 1, null);
        report.Look("a.db", 1, Reader with { Age = After - TimeSpan.FromTicks(1) });
        log.Events.ShouldBeEmpty();

        report.Look("a.db", 1, Reader);
        // The clock that dates a reader is not exact.
        report.Look("a.db", 1, Reader with { Since = Reader.Since.AddMilliseconds(999) });
        report.Look("a.db", 1, Reader with { Since = Reader.Since.AddMilliseconds(-999) });
        log.Events.ShouldHaveSingleItem();
    }

    [TestCase("name")]
    [TestCase("sql")]
    [TestCase("since")]
    [TestCase("before")]
    public void Look_reports_another_reader_whatever_it_differs_in(string what)
    {
        var log = new LogList();
        var report = new ReaderReport(After, log);
        report.Look("a.db", 1, Reader);

        report.Look("a.db", 1, what switch
        {
            "name" => Reader with { ApplicationName = "another" },
            "sql" => Reader with { Sql = "SELECT 2" },
            "since" => Reader with { Since = Reader.Since.AddSeconds(1) },
            _ => Reader with { Since = Reader.Since.AddSeconds(-1) },
        });

        log.Events.Count.ShouldBe(2);
    }

    [Test]
    public void Look_says_that_there_is_no_statement_where_there_is_none()
    {
        var log = new LogList();
        var reader = Reader with { Sql = null };

        new ReaderReport(After, log).Look("a.db", 1, reader);

        log.Events.ShouldHaveSingleItem().Text.ShouldContain("(none)");
        reader.ToString().ShouldContain("(none)");
        Reader.ToString().ShouldContain("SELECT 1");
    }
}
