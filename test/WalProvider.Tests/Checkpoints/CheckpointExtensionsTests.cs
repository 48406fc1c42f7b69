using System.Data.Common;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Checkpoints;

[Parallelizable(ParallelScope.All)]
public class CheckpointExtensionsTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);

    [Test]
    public async Task Checkpoint_moves_every_frame_when_nobody_is_in_the_way([Values] CheckpointMode mode, [Values] bool async)
    {
        using var database = new CheckpointDatabase();
        var connection = database.OpenWithRows(20);
        database.WalBytes.ShouldBeGreaterThan(0);

        var result = async ? await connection.CheckpointAsync(mode) : connection.Checkpoint(mode);

        result.Completed.ShouldBeTrue();
        result.Busy.ShouldBeFalse();
        result.CheckpointedFrames.ShouldBe(result.LogFrames);
        (result.LogFrames == 0).ShouldBe(mode == CheckpointMode.Truncate);
        (database.WalBytes == 0).ShouldBe(mode == CheckpointMode.Truncate);
    }

    [Test]
    public async Task Checkpoint_says_busy_and_counts_the_frames_when_a_reader_pins_the_wal(
        [Values(CheckpointMode.Full, CheckpointMode.Restart, CheckpointMode.Truncate)] CheckpointMode mode, [Values] bool async)
    {
        using var database = new CheckpointDatabase();
        var writer = database.OpenWithRows(1);
        using var reader = CheckpointDatabase.OpenReader(database.Open());
        CheckpointDatabase.Execute(writer, "INSERT INTO t(y) VALUES ('later')");

        var result = async ? await writer.CheckpointAsync(mode, Short) : writer.Checkpoint(mode, Short);

        result.Completed.ShouldBeFalse();
        result.Busy.ShouldBeTrue();
        result.CheckpointedFrames.ShouldBeLessThan(result.LogFrames);
        result.Elapsed.ShouldBeGreaterThanOrEqualTo(Short);
    }

    [Test]
    public void Checkpoint_says_read_only_when_the_connection_may_not_write([Values] CheckpointMode mode)
    {
        using var database = new CheckpointDatabase();
        database.OpenWithRows(1);
        using var reader = new WalDbConnection(database.ConnectionString + ";Mode=ReadOnly");
        reader.Open();

        var error = Should.Throw<SqliteException>(() => reader.Checkpoint(mode));

        error.SqliteErrorCode.ShouldBe(8);
        error.Message.ShouldContain("Mode=ReadOnly");
    }

    [Test]
    public void Checkpoint_is_neither_busy_nor_complete_when_passive_meets_a_reader()
    {
        using var database = new CheckpointDatabase();
        var writer = database.OpenWithRows(1);
        using var reader = CheckpointDatabase.OpenReader(database.Open());
        CheckpointDatabase.Execute(writer, "INSERT INTO t(y) VALUES ('later')");

        var result = writer.Checkpoint(CheckpointMode.Passive);

        result.Completed.ShouldBeFalse();
        result.Busy.ShouldBeFalse();
        result.CheckpointedFrames.ShouldBeLessThan(result.LogFrames);
    }

    [Test]
    public async Task Checkpoint_completes_when_the_reader_leaves_before_the_timeout([Values] bool async)
    {
        using var database = new CheckpointDatabase();
        var writer = database.OpenWithRows(1);
        var reader = CheckpointDatabase.OpenReader(database.Open());
        CheckpointDatabase.Execute(writer, "INSERT INTO t(y) VALUES ('later')");

        var running = Task.Run(() => async
            ? writer.CheckpointAsync(CheckpointMode.Truncate)
            : Task.FromResult(writer.Checkpoint(CheckpointMode.Truncate)));
        reader.Dispose();

        (await running).Completed.ShouldBeTrue();
        database.WalBytes.ShouldBe(0);
    }

    [Test]
    public void Checkpoint_commits_the_batch_first()
    {
        using var database = new CheckpointDatabase("Write Batch Size=1000;");
        var connection = database.OpenWithRows(5);
        connection.PendingWrites.ShouldBeGreaterThan(0);

        connection.Checkpoint(CheckpointMode.Truncate).Completed.ShouldBeTrue();

        connection.PendingWrites.ShouldBe(0);
        CheckpointDatabase.Scalar(database.Open(), "SELECT count(*) FROM t").ShouldBe(5);
    }

    [Test]
    public void Checkpoint_leaves_the_gate_open_for_the_next_writer()
    {
        using var database = new CheckpointDatabase("Busy Timeout=0;");
        var connection = database.OpenWithRows(1);
        connection.Checkpoint();

        Should.NotThrow(() => CheckpointDatabase.Execute(database.Open(), "INSERT INTO t(y) VALUES (1)"));
    }

    [Test]
    public void Checkpoint_says_busy_when_another_connection_of_this_process_is_writing()
    {
        using var database = new CheckpointDatabase();
        var connection = database.OpenWithRows(1);
        using var transaction = database.Open().BeginTransaction();

        connection.Checkpoint(CheckpointMode.Full, Short).Busy.ShouldBeTrue();
    }

    [Test]
    public void Checkpoint_throws_when_its_own_connection_has_an_open_reader()
    {
        using var database = new CheckpointDatabase();
        var connection = database.OpenWithRows(1);
        using var reader = CheckpointDatabase.OpenReader(connection);

        Should.Throw<InvalidOperationException>(() => connection.Checkpoint()).Message.ShouldContain("open reader");
    }

    [Test]
    public void Checkpoint_throws_when_its_own_connection_is_in_a_transaction([Values] bool deferred)
    {
        using var database = new CheckpointDatabase();
        var connection = database.OpenWithRows(1);
        using var transaction = connection.BeginTransaction(deferred);

        Should.Throw<InvalidOperationException>(() => connection.Checkpoint()).Message.ShouldContain("transaction");
    }

    [Test]
    public void Checkpoint_throws_when_the_connection_is_closed()
    {
        using var connection = new WalDbConnection("Data Source=:memory:");

        Should.Throw<InvalidOperationException>(() => connection.Checkpoint());
    }

    [Test]
    public void Checkpoint_names_what_to_pass_when_the_connection_is_a_foreign_one()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");

        var error = Should.Throw<ArgumentException>(() => connection.Checkpoint());

        error.ParamName.ShouldBe("connection");
        error.Message.ShouldContain("WalDbConnection");
        Should.Throw<ArgumentNullException>(() => ((DbConnection)null!).Checkpoint());
    }

    [Test]
    public void Checkpoint_finds_the_connection_when_a_decorator_shows_it()
    {
        using var database = new CheckpointDatabase();
        using var decorator = new DecoratedConnection(new DecoratedConnection(database.OpenWithRows(1)));

        decorator.Checkpoint().Completed.ShouldBeTrue();
    }

    [Test]
    public void Checkpoint_throws_when_mode_or_timeout_make_no_sense()
    {
        using var database = new CheckpointDatabase();
        var connection = database.Open();

        Should.Throw<ArgumentOutOfRangeException>(() => connection.Checkpoint((CheckpointMode)7)).ParamName.ShouldBe("mode");
        Should.Throw<ArgumentOutOfRangeException>(() => connection.Checkpoint(timeout: TimeSpan.FromSeconds(-2))).ParamName.ShouldBe("timeout");
    }

    [Test]
    public void Checkpoint_completes_with_no_frames_when_there_is_no_wal([Values("Journal Mode=Delete", "Mode=Memory")] string option)
    {
        using var database = new CheckpointDatabase(option + ";");
        var connection = database.OpenWithRows(1);

        var result = connection.Checkpoint(CheckpointMode.Truncate);

        result.Completed.ShouldBeTrue();
        result.LogFrames.ShouldBeLessThanOrEqualTo(0);
    }

    [Test]
    public async Task CheckpointAsync_ends_when_it_is_cancelled()
    {
        using var database = new CheckpointDatabase();
        var writer = database.OpenWithRows(1);
        using var reader = CheckpointDatabase.OpenReader(database.Open());
        CheckpointDatabase.Execute(writer, "INSERT INTO t(y) VALUES ('later')");
        using var cancellation = new CancellationTokenSource();

        var running = writer.CheckpointAsync(CheckpointMode.Full, Timeout.InfiniteTimeSpan, cancellation.Token);
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(running);
        Should.NotThrow(() => CheckpointDatabase.Execute(writer, "INSERT INTO t(y) VALUES ('after')"));
    }

    [Test]
    public async Task CheckpointBeforeFork_leaves_everything_in_the_main_file([Values] bool async)
    {
        using var database = new CheckpointDatabase("Write Batch Size=1000;");
        var connection = database.OpenWithRows(7);

        var result = async ? await connection.CheckpointBeforeForkAsync() : connection.CheckpointBeforeFork();

        result.Completed.ShouldBeTrue();
        database.WalBytes.ShouldBe(0);
    }

    [Test]
    public async Task CheckpointBeforeFork_names_the_reader_when_one_of_this_process_pins_the_wal([Values] bool async)
    {
        using var database = new CheckpointDatabase();
        var writer = database.OpenWithRows(1);
        using var reader = CheckpointDatabase.OpenReader(database.Open("Application Name=the report;"), "SELECT y FROM t");
        CheckpointDatabase.Execute(writer, "INSERT INTO t(y) VALUES ('later')");

        var error = await Should.ThrowAsync<CheckpointBlockedException>(async () => _ = async
            ? await writer.CheckpointBeforeForkAsync(Short)
            : writer.CheckpointBeforeFork(Short));

        error.SqliteErrorCode.ShouldBe(5);
        error.IsTransient.ShouldBeTrue();
        error.FramesLeft.ShouldBeGreaterThan(0);
        error.Reader.ShouldNotBeNull();
        error.Reader.ApplicationName.ShouldBe("the report");
        error.Reader.Sql.ShouldBe("SELECT y FROM t");
        error.Message.ShouldContain("the report");
    }

    [Test]
    public void CheckpointBeforeFork_names_the_transaction_when_it_reads_without_an_open_reader()
    {
        using var database = new CheckpointDatabase();
        var writer = database.OpenWithRows(1);
        var other = database.Open("Application Name=the snapshot;");
        using var transaction = other.BeginTransaction(deferred: true);
        CheckpointDatabase.Scalar(other, "SELECT count(*) FROM t");
        CheckpointDatabase.Execute(writer, "INSERT INTO t(y) VALUES ('later')");

        var error = Should.Throw<CheckpointBlockedException>(() => writer.CheckpointBeforeFork(Short));

        error.Reader.ShouldNotBeNull().ApplicationName.ShouldBe("the snapshot");
    }

    [Test]
    public void CheckpointBeforeFork_says_another_process_when_nobody_here_reads()
    {
        using var database = new CheckpointDatabase();
        var writer = database.OpenWithRows(1);
        // A connection that this library does not know is to it what another process is.
        using var foreign = new SqliteConnection($"Data Source={database.Path};Pooling=False");
        foreign.Open();
        using var transaction = foreign.BeginTransaction(deferred: true);
        using var command = foreign.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT count(*) FROM t";
        command.ExecuteScalar();
        CheckpointDatabase.Execute(writer, "INSERT INTO t(y) VALUES ('later')");

        var error = Should.Throw<CheckpointBlockedException>(() => writer.CheckpointBeforeFork(Short));

        error.Reader.ShouldBeNull();
        error.Message.ShouldContain("another process");
    }
}
