using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;
using SQLitePCL;

namespace WalProvider.Tests.Checkpoints;

/// <summary>Checkpoints that wait for readers, and what others are told who wait for a checkpoint.</summary>
[Parallelizable(ParallelScope.All)]
public class CheckpointWaitTests
{
    // More than a thousand frames.
    private const int LongBytes = 6_000_000;

    [TestCase("Checkpoint")]
    [TestCase("CheckpointBeforeFork")]
    public async Task Asynchronous_checkpoint_leaves_the_thread_that_is_to_end_the_reader(string way)
    {
        using var database = new CheckpointDatabase();
        var writer = database.OpenWithRows(1);
        var reader = CheckpointDatabase.OpenReader(database.Open());
        CheckpointDatabase.Execute(writer, "INSERT INTO t(y) VALUES ('later')");

        var running = way == "Checkpoint" ? writer.CheckpointAsync(CheckpointMode.Truncate) : writer.CheckpointBeforeForkAsync();
        running.IsCompleted.ShouldBeFalse();
        reader.Dispose();

        (await running.Within()).Completed.ShouldBeTrue();
        database.WalBytes.ShouldBe(0);
    }

    [Test]
    public async Task HoldForFork_waits_for_a_reader_until_it_goes([Values] bool async)
    {
        using var database = new KeptDatabase();
        using var writer = database.OpenWithRows(2);
        using var reading = database.Source.OpenConnection();
        var reader = CheckpointDatabase.OpenReader(reading);
        KeptDatabase.Fill(writer, 1);

        var holding = async ? database.Source.HoldForForkAsync() : Patience.OnThread(() => database.Source.HoldForFork());
        holding.IsCompleted.ShouldBeFalse();
        reader.Dispose();

        using var hold = await holding.Within();
        hold.Checkpoint.Completed.ShouldBeTrue();
        database.WalBytes.ShouldBe(0);
    }

    [Test]
    public void Writer_that_waits_in_vain_is_told_that_the_file_is_held_still()
    {
        using var database = new KeptDatabase("Busy Timeout=20");
        using var connection = database.OpenWithRows(1);
        using var hold = database.Source.HoldForFork();

        Should.Throw<WriteGateTimeoutException>(() => KeptDatabase.Fill(connection, 1)).Message.ShouldContain("wal_checkpoint(TRUNCATE)");
    }

    [Test]
    public void Checkpoint_counts_no_frames_when_a_writer_of_this_process_kept_it_from_asking()
    {
        using var database = new CheckpointDatabase();
        var connection = database.OpenWithRows(1);
        using var transaction = database.Open().BeginTransaction();

        var result = connection.Checkpoint(CheckpointMode.Full, TimeSpan.FromMilliseconds(20));

        result.Completed.ShouldBeFalse();
        result.LogFrames.ShouldBe(-1);
        result.CheckpointedFrames.ShouldBe(-1);
    }

    [Test]
    public void CheckpointBeforeFork_throws_when_the_timeout_makes_no_sense([Values] bool async)
    {
        using var database = new CheckpointDatabase();
        var connection = database.Open();
        var timeout = TimeSpan.FromSeconds(-2);

        Should.Throw<ArgumentOutOfRangeException>(
            () => async ? connection.CheckpointBeforeForkAsync(timeout) : Task.FromResult(connection.CheckpointBeforeFork(timeout)))
            .ParamName.ShouldBe("timeout");
    }

    [Test]
    public void Long_backlog_is_moved_as_a_short_one_is([Values(CheckpointMode.Full, CheckpointMode.Restart, CheckpointMode.Truncate)] CheckpointMode mode)
    {
        using var database = new CheckpointDatabase();
        var connection = database.OpenWithRows(1);
        CheckpointDatabase.Execute(connection, $"INSERT INTO t(y) VALUES (zeroblob({LongBytes}))");
        connection.GetWalStatus().Frames.ShouldNotBeNull().ShouldBeGreaterThan(1000);

        var result = connection.Checkpoint(mode);

        result.Completed.ShouldBeTrue();
        result.CheckpointedFrames.ShouldBe(result.LogFrames);
        (database.WalBytes == 0).ShouldBe(mode == CheckpointMode.Truncate);
    }

    [Test]
    public async Task Writer_gets_its_turn_while_a_checkpoint_waits_for_a_reader([Values] bool async)
    {
        using var database = new CheckpointDatabase();
        var connection = database.OpenWithRows(1);
        var reader = CheckpointDatabase.OpenReader(database.Open());
        var writer = database.Open();
        CheckpointDatabase.Execute(connection, "INSERT INTO t(y) VALUES ('later')");
        var running = async
            ? connection.CheckpointAsync(CheckpointMode.Truncate, Timeout.InfiniteTimeSpan)
            : Patience.OnThread(() => connection.Checkpoint(CheckpointMode.Truncate, Timeout.InfiniteTimeSpan));
        Patience.Until(() => connection.Session.WriteLock.IsHeld);

        await Patience.OnThread(() => CheckpointDatabase.Execute(writer, "INSERT INTO t(y) VALUES ('between')")).Within();

        running.IsCompleted.ShouldBeFalse();
        reader.Dispose();
        (await running.Within()).Completed.ShouldBeTrue();
    }

    [Test]
    public void Long_backlog_is_copied_before_writers_are_made_to_wait()
    {
        using var database = new CheckpointDatabase();
        var connection = database.OpenWithRows(1);
        CheckpointDatabase.Execute(connection, $"INSERT INTO t(y) VALUES (zeroblob({LongBytes}))");
        using var transaction = database.Open().BeginTransaction();

        connection.Checkpoint(CheckpointMode.Full, TimeSpan.FromMilliseconds(20)).Completed.ShouldBeFalse();

        var status = connection.GetWalStatus();
        status.CheckpointedFrames.ShouldBe(status.Frames);
    }

    [TestCase(LongBytes, false)]
    [TestCase(100_000, true)]
    public async Task Nothing_is_copied_before_the_gate_is_entered_when_the_wal_is_short_or_must_not_grow(int bytes, bool copiesAhead)
    {
        using var database = new CheckpointDatabase();
        var connection = database.OpenWithRows(1);
        CheckpointDatabase.Execute(connection, $"INSERT INTO t(y) VALUES (zeroblob({bytes}))");
        using var transaction = database.Open().BeginTransaction();

        var checkpointer = new Checkpointer(connection.Session) { CopiesAhead = copiesAhead };
        (await checkpointer.Run(CheckpointMode.Full, TimeSpan.Zero, async: false, CancellationToken.None)).Completed.ShouldBeFalse();

        connection.GetWalStatus().CheckpointedFrames.ShouldBe(0);
    }

    [Test]
    public void Checkpoint_throws_what_the_engine_says_when_it_is_no_lock([Values] CheckpointMode mode)
    {
        using var database = new CheckpointDatabase();
        database.OpenWithRows(1);
        using var readOnly = new WalDbConnection(database.ConnectionString + "Mode=ReadOnly");
        readOnly.Open();

        // SQLite opens the WAL for writing even so, and finds out at the main file.
        Should.Throw<SqliteException>(() => readOnly.Checkpoint(mode)).SqliteErrorCode.ShouldBeOneOf(raw.SQLITE_READONLY, raw.SQLITE_IOERR);

        database.WalBytes.ShouldBeGreaterThan(0);
    }
}
