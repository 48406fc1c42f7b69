using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Checkpoints;

[Parallelizable(ParallelScope.All)]
public class CheckpointUpkeepTests
{
    private const int ReaderPins = 1101;
    private const int Ran = 1102;
    private const int Failed = 1103;

    [Test]
    public async Task Wal_is_copied_when_something_has_been_in_it_for_long()
    {
        using var database = new KeptDatabase();
        using var connection = database.OpenWithRows(10);
        await database.Pass(TimeSpan.FromSeconds(5));
        connection.GetWalStatus().CheckpointedFrames.ShouldBe(0);

        await database.Pass(TimeSpan.FromSeconds(10));

        var status = connection.GetWalStatus();
        status.CheckpointedFrames.ShouldBe(status.Frames);
        status.LastCheckpoint.ShouldNotBeNull().Mode.ShouldBe(CheckpointMode.Passive);
        database.Count(Ran).ShouldBe(1);
    }

    [Test]
    public async Task Wal_is_copied_at_the_next_look_when_much_is_in_it()
    {
        using var database = new KeptDatabase(configure: options => options.PassiveAboveBytes = 100_000);
        using var connection = database.OpenWithRows(200);

        await database.Pass(TimeSpan.FromSeconds(1));

        connection.GetWalStatus().LastCheckpoint.ShouldNotBeNull().Result.Completed.ShouldBeTrue();
    }

    [Test]
    public async Task Wal_is_emptied_when_it_has_grown_past_three_quarters_of_the_cap()
    {
        using var database = new KeptDatabase(configure: options => options.TruncateAboveBytes = 400_000);
        using var connection = database.OpenWithRows(350);
        await database.Pass(TimeSpan.FromSeconds(1));

        // The writer's own word may have begun the same work on another thread just before, and then that is not awaited.
        Patience.Until(() => database.WalBytes == 0);
    }

    [Test]
    public void Wal_is_emptied_without_waiting_for_the_timer_when_a_writer_has_made_it_long()
    {
        using var database = new KeptDatabase(configure: options => options.TruncateAboveBytes = 400_000);
        using var connection = database.OpenWithRows(1000);
        database.WalBytes.ShouldBeGreaterThan(400_000);

        // It looks once a millisecond, so one write more may be one too few.
        Patience.Until(() =>
        {
            KeptDatabase.Fill(connection, 1);
            return database.WalBytes < 400_000;
        });
    }

    [Test]
    public void Writers_are_not_held_up_for_a_backup_when_the_wal_has_grown_past_the_cap([Values] bool isStream)
    {
        using var database = new KeptDatabase(configure: options => options.TruncateAboveBytes = 400_000);
        using var connection = database.OpenWithRows(100);
        var readers = new List<string?>();
        var walBytes = 0L;
        var modes = new List<CheckpointMode?>();
        var steps = new Backups.ProgressList(_ =>
        {
            KeptDatabase.Fill(connection, 100);
            database.Pass(TimeSpan.FromSeconds(3)).GetAwaiter().GetResult();
            modes.Add(connection.GetWalStatus().LastCheckpoint?.Mode);
            readers.Add(connection.GetWalStatus().OldestReader?.Sql);
            walBytes = database.WalBytes;
        });
        var options = new BackupOptions { PagesPerStep = 5 };

        if (isStream)
            connection.BackupTo(Stream.Null, options, steps);
        else
            connection.BackupTo(database.Path + ".bak", options, steps);

        walBytes.ShouldBeGreaterThan(400_000);
        modes.ShouldNotContain(CheckpointMode.Truncate);
        readers.ShouldContain("(a copy of the database)");
        // A look that a writer has begun may still go on, so one by the clock may be skipped.
        Patience.Until(() =>
        {
            database.Clock.Advance(TimeSpan.FromSeconds(10));
            return database.WalBytes == 0;
        });
    }

    [Test]
    public async Task Nothing_is_done_when_it_is_switched_off([Values] bool byAutocheckpoint)
    {
        using var database = byAutocheckpoint
            ? new KeptDatabase("Wal Autocheckpoint=0")
            : new KeptDatabase(configure: options => options.IsEnabled = false);
        using var connection = database.OpenWithRows(10);

        await database.Pass(TimeSpan.FromSeconds(30));

        connection.GetWalStatus().CheckpointedFrames.ShouldBe(0);
        database.Count(Ran).ShouldBe(0);
    }

    [Test]
    public async Task One_of_two_data_sources_keeps_the_wal_when_both_have_the_file_open()
    {
        using var database = new KeptDatabase();
        using var connection = database.OpenWithRows(10);
        var log = new LogList();
        using var second = new WalDbDataSourceBuilder($"Data Source={database.Path};Application Name=second")
            .UseTimeProvider(database.Clock).UseLoggerFactory(log).UseCheckpointing(_ => { }).Build();
        using var other = second.OpenConnection();

        await database.Pass(TimeSpan.FromSeconds(15));
        await second.Upkeep.Running.Within();

        database.Count(Ran).ShouldBe(0);
        log.Events.Count(entry => entry.Id == Ran).ShouldBe(1);
    }

    [Test]
    public async Task Reader_is_reported_once_by_name_when_it_pins_the_wal_for_long()
    {
        using var database = new KeptDatabase("Application Name=the report");
        using var writer = database.OpenWithRows(10);
        using var reading = database.Source.OpenConnection();
        using var reader = CheckpointDatabase.OpenReader(reading, "SELECT y FROM t");
        KeptDatabase.Fill(writer, 10);

        await database.Pass(TimeSpan.FromSeconds(20));
        database.Count(ReaderPins).ShouldBe(0);
        await database.Pass(TimeSpan.FromSeconds(60));

        database.Count(ReaderPins).ShouldBe(1);
        database.Log.Events.Single(entry => entry.Id == ReaderPins).Text.ShouldContain("'the report'");
        database.Log.Events.Single(entry => entry.Id == ReaderPins).Text.ShouldContain("SELECT y FROM t");
    }

    [Test]
    public async Task Reader_is_not_reported_when_everything_is_in_the_main_file()
    {
        using var database = new KeptDatabase();
        using var writer = database.OpenWithRows(10);
        writer.Checkpoint().Completed.ShouldBeTrue();
        using var reading = database.Source.OpenConnection();
        using var reader = CheckpointDatabase.OpenReader(reading);

        await database.Pass(TimeSpan.FromSeconds(60));

        reading.GetWalStatus().OldestReader.ShouldNotBeNull();
        database.Count(ReaderPins).ShouldBe(0);
    }

    [Test]
    public async Task Wal_that_must_not_grow_is_not_copied_ahead_of_the_writers()
    {
        using var database = new KeptDatabase(configure: options =>
        {
            options.TruncateAboveBytes = 1_000_000;
            options.TruncateTimeout = TimeSpan.Zero;
        });
        using var connection = database.OpenWithRows(1);
        FillElsewhere(database, 6_000_000);
        var gate = DatabaseFiles.For(RealPath.Resolve(database.Path)).Gate;
        gate.TryEnter(new HandHolder()).ShouldBeTrue();

        await database.Pass(TimeSpan.FromSeconds(1));

        var status = connection.GetWalStatus();
        gate.Exit();
        status.LastCheckpoint.ShouldNotBeNull().Mode.ShouldBe(CheckpointMode.Truncate);
        status.CheckpointedFrames.ShouldBe(0);
    }

    [Test]
    public async Task Wal_is_not_emptied_beside_a_reader_that_outlasts_the_waiting()
    {
        using var database = new KeptDatabase(configure: options => options.TruncateAboveBytes = 400_000);
        database.OpenWithRows(1).Dispose();
        using var reading = database.Source.OpenConnection();
        using var reader = CheckpointDatabase.OpenReader(reading);
        await database.Pass(TimeSpan.FromSeconds(5));
        FillElsewhere(database, 500_000);

        await database.Pass(TimeSpan.FromSeconds(15));

        database.Count(Ran).ShouldBeGreaterThan(0);
        database.Log.Events.Where(entry => entry.Id == Ran).ShouldAllBe(entry => entry.Text.Contains(nameof(CheckpointMode.Passive)));
    }

    [Test]
    public async Task Wal_is_emptied_as_soon_as_a_short_reader_has_gone()
    {
        using var database = new KeptDatabase(configure: options =>
        {
            options.TruncateAboveBytes = 400_000;
            options.TruncateTimeout = Patience.Limit;
        });
        database.OpenWithRows(1).Dispose();
        FillElsewhere(database, 500_000);
        using var reading = database.Source.OpenConnection();
        var reader = CheckpointDatabase.OpenReader(reading);

        database.Clock.Advance(TimeSpan.FromSeconds(1));
        database.Source.Upkeep.Running.IsCompleted.ShouldBeFalse();
        reader.Dispose();
        await database.Source.Upkeep.Running.Within();

        database.WalBytes.ShouldBe(0);
        database.Count(Ran).ShouldBe(1);
    }

    [Test]
    public async Task Wal_is_looked_after_again_when_it_once_could_not_be(
        [Values(typeof(SqliteException), typeof(IOException), typeof(UnauthorizedAccessException), typeof(ObjectDisposedException))] Type type)
    {
        using var database = new KeptDatabase();
        using var connection = database.OpenWithRows(10);
        var error = type == typeof(SqliteException) ? new SqliteException("no", 10)
            : type == typeof(ObjectDisposedException) ? new ObjectDisposedException("pool")
            : (Exception)Activator.CreateInstance(type)!;
        var log = new LogList();
        var clock = new HandClock();
        var sessions = new FailingSessions(error);
        var upkeep = new CheckpointUpkeep(sessions, new UpkeepSettings(new CheckpointOptions(), IsExplicit: true, log), clock);
        upkeep.Opened(connection.Session);

        for (var looks = 1; looks <= 20; looks++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await upkeep.Running.Within();
        }

        sessions.Asked.ShouldBeGreaterThan(1);
        log.Events.Count(entry => entry.Id == Failed).ShouldBe(sessions.Asked);
        DatabaseFiles.For(RealPath.Resolve(database.Path)).Release(upkeep);
    }

    [Test]
    public async Task Writers_go_on_when_a_reader_pins_the_wal_past_the_cap()
    {
        using var database = new KeptDatabase(configure: options =>
        {
            options.TruncateAboveBytes = 200_000;
            options.TruncateTimeout = TimeSpan.Zero;
        });
        using var writer = database.OpenWithRows(10);
        using var reading = database.Source.OpenConnection();
        var reader = CheckpointDatabase.OpenReader(reading);
        KeptDatabase.Fill(writer, 500);
        await database.Pass(TimeSpan.FromSeconds(30));
        database.WalBytes.ShouldBeGreaterThan(200_000);

        reader.Dispose();
        // A look that a writer has begun may still go on, so one by the clock may be skipped.
        Patience.Until(() =>
        {
            database.Clock.Advance(TimeSpan.FromSeconds(10));
            return database.WalBytes == 0;
        });
    }

    [Test]
    public void Statistics_of_the_planner_are_made_when_a_session_that_was_open_for_long_is_closed([Values] bool isLong, [Values] bool isGateFree)
    {
        using var database = new KeptDatabase();
        using (var connection = database.OpenWithRows(500))
        {
            CheckpointDatabase.Execute(connection, "CREATE INDEX i ON t(y); ANALYZE; DELETE FROM sqlite_stat1");
        }

        database.Source.Clear();
        using (var connection = database.Source.OpenConnection())
        {
            KeptDatabase.Fill(connection, 500);
            CheckpointDatabase.Scalar(connection, "SELECT count(*) FROM t WHERE y = 'a'").ShouldBe(0);
        }

        database.Clock.Advance(isLong ? TimeSpan.FromMinutes(1) : TimeSpan.FromSeconds(59));
        var gate = DatabaseFiles.For(RealPath.Resolve(database.Path)).Gate;
        if (!isGateFree)
        {
            gate.TryEnter(new HandHolder()).ShouldBeTrue();
        }

        database.Source.Clear();

        gate.TryEnter(new HandHolder()).ShouldBe(isGateFree);
        gate.Exit();
        using var check = database.Source.OpenConnection();
        (CheckpointDatabase.Scalar(check, "SELECT count(*) FROM sqlite_stat1") > 0).ShouldBe(isLong && isGateFree);
    }

    [Test]
    public void No_timer_is_left_when_the_sessions_are_closed([Values("", "Write Batch Size=1000")] string keywords)
    {
        using var database = new KeptDatabase(keywords);
        var left = Enumerable.Range(0, 3).Select(_ =>
        {
            using (database.Source.OpenConnection())
            {
                database.OpenWithRows(1).Dispose();
            }

            database.Source.Clear();
            return database.Clock.Timers;
        }).ToArray();

        left.ShouldAllBe(timers => timers == left[0]);
    }

    [Test]
    public void Wal_is_gone_when_the_last_session_of_the_file_is_closed()
    {
        using var database = new KeptDatabase();
        using (database.OpenWithRows(10))
        {
            File.Exists(database.Path + "-wal").ShouldBeTrue();
        }

        database.Source.Clear();

        File.Exists(database.Path + "-wal").ShouldBeFalse();
    }

    [TestCase("CheckEvery")]
    [TestCase("PassiveAboveBytes")]
    [TestCase("PassiveAfter")]
    [TestCase("TruncateAboveBytes")]
    [TestCase("TruncateTimeout")]
    [TestCase("ReportReaderAfter")]
    [TestCase("OptimizeAfter")]
    public void UseCheckpointing_names_the_option_when_it_makes_no_sense(string name)
    {
        var builder = new WalDbDataSourceBuilder("Data Source=:memory:");

        var error = Should.Throw<ArgumentOutOfRangeException>(() => builder.UseCheckpointing(options =>
        {
            var property = typeof(CheckpointOptions).GetProperty(name)!;
            property.SetValue(options, property.PropertyType == typeof(long) ? -1L : TimeSpan.FromTicks(-1));
        }));

        error.ParamName.ShouldBe(name);
    }

    // As another process does it, which tells nobody here.
    private static void FillElsewhere(KeptDatabase database, int bytes)
    {
        using var elsewhere = new SqliteConnection($"Data Source={database.Path};Pooling=False");
        elsewhere.Open();
        elsewhere.Run($"PRAGMA wal_autocheckpoint = 0; INSERT INTO t(y) VALUES (zeroblob({bytes}))");
    }

    /// <summary>Sessions that cannot be opened.</summary>
    private sealed class FailingSessions(Exception error) : ISessionSource
    {
        public int Asked { get; private set; }

        public WalSession Open()
        {
            Asked++;
            throw error;
        }
    }
}
