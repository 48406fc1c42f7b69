using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class WriteGateStressTests
{
    [TestCase("")]
    [TestCase("Write Batch Size=100")]
    [TestCase("Journal Mode=DELETE;Synchronous=OFF")]
    public async Task Threads_that_insert_never_see_a_lock_and_all_rows_arrive(string keywords)
    {
        const int Threads = 8;
        var inserts = keywords.StartsWith("Journal", StringComparison.Ordinal) ? 100 : 2000;
        using var database = new TestDatabase(keywords);
        database.OpenWithTable().Dispose();

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Patience.OnThread(() =>
        {
            using var connection = database.Open();
            for (var index = 0; index < inserts; index++)
                connection.Run($"INSERT INTO t VALUES({thread})").ShouldBe(1);
        }))).Within();

        database.CommittedRows().ShouldBe(Threads * inserts);
        database.Source.Statistics.InUse.ShouldBe(0);
    }

    [Test, NonParallelizable]
    public async Task Tasks_that_write_complete_when_threads_are_few()
    {
        ThreadPool.GetMaxThreads(out var threads, out var ports);
        ThreadPool.SetMaxThreads(Math.Max(4, Environment.ProcessorCount), ports).ShouldBeTrue();
        try
        {
            await Storm();
        }
        finally
        {
            ThreadPool.SetMaxThreads(threads, ports);
        }
    }

    [Test]
    public async Task Readers_and_writers_of_one_file_are_never_locked_out()
    {
        using var database = new TestDatabase();
        database.OpenWithTable().Dispose();
        var isDone = false;
        var readers = Enumerable.Range(0, 3).Select(_ => Patience.OnThread(() =>
        {
            using var connection = database.Open();
            var seen = 0L;
            while (!Volatile.Read(ref isDone))
            {
                var rows = (long)connection.Ask("SELECT count(*) FROM t")!;
                rows.ShouldBeGreaterThanOrEqualTo(seen);
                (rows % 2).ShouldBe(0, "rows come in pairs");
                seen = rows;
            }
        })).ToArray();
        var writers = Enumerable.Range(0, 3).Select(_ => Patience.OnThread(() =>
        {
            using var connection = database.Open();
            for (var index = 0; index < 200; index++)
            {
                using var transaction = connection.BeginTransaction();
                connection.Run("INSERT INTO t VALUES(1)");
                connection.Run("INSERT INTO t VALUES(2)");
                transaction.Commit();
            }
        }));

        await Task.WhenAll(writers).Within();
        Volatile.Write(ref isDone, true);
        await Task.WhenAll(readers).Within();
        database.CommittedRows().ShouldBe(1200);
    }

    private static async Task Storm()
    {
        using var database = new TestDatabase("Max Pool Size=8;Connection Timeout=60");
        database.OpenWithTable().Dispose();

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(async index =>
        {
            await Task.Yield();
            await using var connection = await database.Source.OpenConnectionAsync();
            if (index % 3 == 0)
            {
                await using var transaction = await connection.BeginTransactionAsync();
                await connection.RunAsync("INSERT INTO t VALUES(1)");
                // Goes to the thread pool in the middle of a transaction, as real code does.
                await Task.Yield();
                await transaction.CommitAsync();
            }
            else
            {
                await connection.RunAsync("INSERT INTO t VALUES(2)");
            }
        })).Within();

        database.CommittedRows().ShouldBe(1000);
        var end = database.Source.Statistics;
        (end.InUse, end.Waiting).ShouldBe((0, 0));
    }
}
