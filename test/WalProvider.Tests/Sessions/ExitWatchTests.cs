using System.Globalization;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>Real processes that end while writes are pending.</summary>
[TestFixture]
public sealed class ExitWatchTests
{
    [TestCase("TERM", 15)]
    [TestCase("INT", 2)]
    [TestCase("HUP", 1)]
    [Platform(Exclude = "Win")]
    public void Pending_writes_survive_a_signal_and_the_exit_code_stays_that_of_the_signal(string name, int number)
    {
        IgnoreWhereIgnored(number);
        using var folder = new TempFolder();
        using var worker = Start(folder, "5");

        worker.Signal(name);

        worker.WaitForExit().ShouldBe(128 + number);
        Rows(folder).ShouldBe(5);
    }

    [TestCase("exit", 7)]
    [TestCase("return", 0)]
    public void Pending_writes_survive_the_end_of_the_process_without_Dispose(string word, int exitCode)
    {
        using var folder = new TempFolder();
        using var worker = Start(folder, "5");

        worker.Send(word);

        worker.WaitForExit().ShouldBe(exitCode);
        Rows(folder).ShouldBe(5);
    }

    [Test]
    public void Write_that_comes_after_the_last_commit_is_kept_too()
    {
        using var folder = new TempFolder();
        using var worker = Start(folder, "5");

        worker.Send("late");

        worker.WaitForExit().ShouldBe(0);
        Rows(folder).ShouldBe(6);
    }

    [Test]
    public void Pending_writes_survive_an_exception_that_nobody_catches()
    {
        using var folder = new TempFolder();
        using var worker = Start(folder, "5");

        worker.Send("throw");

        worker.WaitForExit().ShouldNotBe(0);
        Rows(folder).ShouldBe(5);
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void Unit_that_was_not_completed_is_undone_at_a_signal_and_the_rest_committed()
    {
        using var folder = new TempFolder();
        using var worker = Start(folder, "5");
        worker.Send("unit");
        worker.ReadLine().ShouldBe("ready 8");

        worker.Signal("TERM");

        worker.WaitForExit().ShouldBe(143);
        Rows(folder).ShouldBe(5);
    }

    [Test]
    public void Kill_costs_the_pending_writes_and_nothing_more()
    {
        using var folder = new TempFolder();
        WorkerProcess.Run("write", folder.File(), "2");
        using var worker = Start(folder, "5");
        worker.Send("unit");
        worker.ReadLine().ShouldBe("ready 7");

        worker.Kill();

        Rows(folder).ShouldBe(2);
        using var connection = new WalDbConnection($"Data Source={folder.File()};Pooling=False");
        connection.Open();
        connection.Ask("PRAGMA integrity_check").ShouldBe("ok");
        connection.Run("INSERT INTO written VALUES(1)").ShouldBe(1);
    }

    [Test]
    public void Kill_leaves_each_unit_whole_or_absent([Values(1, 7, 50)] int batchSize)
    {
        using var folder = new TempFolder();
        using var connection = new WalDbConnection($"Data Source={folder.File()};Pooling=False");
        connection.Open();
        for (var round = 1; round <= 3; round++)
        {
            using var worker = WorkerProcess.Start("write-units", folder.File(), batchSize.ToString(CultureInfo.InvariantCulture));
            worker.ReadLine().ShouldBe("ready");
            var before = (long)connection.Ask("SELECT count(*) FROM written")!;
            Patience.Until(() => (long)connection.Ask("SELECT count(*) FROM written")! > before + 500);

            worker.Kill();

            connection.Ask("SELECT count(*) FROM (SELECT n FROM written GROUP BY n HAVING count(*) % 3 <> 0)").ShouldBe(0L);
            connection.Ask("SELECT count(*) % 3 FROM written").ShouldBe(0L);
        }

        connection.Ask("PRAGMA integrity_check").ShouldBe("ok");
    }

    private static WorkerProcess Start(TempFolder folder, string count)
    {
        var worker = WorkerProcess.Start("write-batch", folder.File(), count);
        worker.ReadLine().ShouldStartWith("ready ");
        return worker;
    }

    private static long Rows(TempFolder folder) => long.Parse(WorkerProcess.Run("count", folder.File(), "written"), CultureInfo.InvariantCulture);

    /// <summary>A process that was started with a signal ignored ignores it for life, and so do those that it starts.</summary>
    private static void IgnoreWhereIgnored(int signal)
    {
        var ignored = File.ReadLines("/proc/self/status").Single(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
        var mask = ulong.Parse(ignored.AsSpan("SigIgn:".Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        if ((mask & (1UL << (signal - 1))) != 0)
        {
            Assert.Ignore("The tests were started with this signal ignored.");
        }
    }
}
