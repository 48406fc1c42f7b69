using NUnit.Framework;
using Shouldly;
using WalProvider.Worker;

namespace WalProvider.Tests;

[Row(14, "10 reading processes beside a writer that commits by transactions, batches and a queue, and checkpoints",
    "each read sees every commit that was announced before it, nothing goes back, no half of a commit, no error")]
public class VisibilityTests
{
    private static readonly WatchWay[] Ways = [WatchWay.Opened, WatchWay.Snapshot, WatchWay.Wrapped, WatchWay.Kept, WatchWay.ReadOnly, WatchWay.Deferred];

    private static int Readers => Extent.Of(fast: 3, whole: 10);

    private static int LeastEach => Extent.Of(fast: 50, whole: 2_000);

    [Test]
    public async Task Every_commit_is_visible_to_the_next_read()
    {
        using var database = new TestDatabase();
        await using var writer = new AnnouncingWriter(database);
        WatchResult[] results;
        using (var readers = Start(database, Enumerable.Range(0, Readers).Select(reader => Ways[reader % Ways.Length])))
        {
            while (Least(writer) is var least && least < LeastEach)
            {
                await writer.Commit();
                if (writer.Commits % 100 == 0)
                    Report.Progress((int)least, LeastEach);
            }

            writer.Board.IsOver = true;
            results = [.. readers.ReadLines().Select(WatchResult.Parse)];
        }

        Report.Figures(
            $"{writer.Commits:N0} commits, {writer.Checkpoints} checkpoints that emptied the WAL, {results.Sum(result => result.Reads):N0} reads by {Readers} processes: "
            + $"{results.Sum(result => result.Behind)} missed a commit, {results.Sum(result => result.Backward)} went back, "
            + $"{results.Sum(result => result.Torn)} saw a half, {results.Sum(result => result.Errors)} failed");
        results.Where(result => !result.IsGood).ShouldBeEmpty();
    }

    [Test]
    public async Task Canary_a_reader_of_the_main_file_alone_misses_commits()
    {
        using var database = new TestDatabase("Wal Autocheckpoint=0");
        await using var writer = new AnnouncingWriter(database);
        await writer.Commit();
        using var readers = Start(database, [WatchWay.Immutable]);
        Patience.Until(() => writer.Board.ReadsOf(0) > 0);

        writer.Board.IsOver = true;
        var result = WatchResult.Parse(readers.ReadLines()[0]);

        Report.Figures($"canary, immutable=1: {result.Behind:N0} of {result.Reads:N0} reads missed a commit");
        result.Behind.ShouldBeGreaterThan(0);
    }

    // Both sides must have got on, whoever is in whose way.
    private static long Least(AnnouncingWriter writer)
        => Math.Min(writer.Commits, Enumerable.Range(0, Readers).Min(writer.Board.ReadsOf));

    private static WorkerFleet Start(TestDatabase database, IEnumerable<WatchWay> ways)
        => new(ways.Select((way, reader) => new[] { "watch", database.File, $"{way} {reader}" }));
}
