using System.Data.Common;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace WalProvider.Worker;

/// <summary>
/// Checkpoints beside writers, behind the shim that opens the window of the WAL-reset bug. What the bug needs is a checkpoint that
/// meets a WAL which is wholly in the main file, while a writer begins it anew with fewer frames: so the writers write a little of
/// different sizes, and let the checkpoint come to its end in between.
/// </summary>
internal sealed unsafe class WalResetRun
{
    private const int Writers = 2;
    private const int MostCommitsAtOnce = 5;
    private const int MostBytes = 9_000;
    private const int LongestPauseMicroseconds = 3_000;

    private readonly string _database;
    private readonly WalResetPlan _plan;
    private volatile bool _isOver;
    private long _committed;
    private long _checkpoints;

    private WalResetRun(string database, WalResetPlan plan)
    {
        _database = database;
        _plan = plan;
    }

    /// <summary>
    /// Prints "ready", then how many rows were committed, how many checkpoints were run, and how often the window was open.
    /// </summary>
    /// <param name="database">The file, which has a table <c>t(a)</c>.</param>
    /// <param name="plan">A <see cref="WalResetPlan"/>.</param>
    public static void Run(string database, string plan)
    {
        var run = new WalResetRun(database, WalResetPlan.Parse(plan));
        Console.WriteLine("ready");
        run.Run();
        Console.WriteLine($"{run._committed} {run._checkpoints} {Pauses()}");
    }

    private void Run()
    {
        var writers = Enumerable.Range(0, _plan.Writes ? Writers : 0).Select(seed => Task.Run(() => Write(new Random(seed)))).ToArray();
        if (_plan.Checkpoints)
            Checkpoint();
        else
            Console.ReadLine();
        _isOver = true;
        Task.WaitAll(writers);
    }

    private void Write(Random random)
    {
        using var connection = Open();
        while (!_isOver)
        {
            for (var left = random.Next(1, MostCommitsAtOnce); left > 0; left--)
            {
                if (TryExecute(connection, $"INSERT INTO t VALUES(zeroblob({random.Next(MostBytes)}))"))
                    Interlocked.Increment(ref _committed);
            }

            Moment.Spend(random.Next(LongestPauseMicroseconds));
        }
    }

    private bool TryExecute(DbConnection connection, string sql)
    {
        try
        {
            Execute(connection, sql);
            return true;
        }
        catch (SqliteException) when (!_plan.IsGuarded)
        {
            // The canary is there to fail, and a damaged file says so.
            return false;
        }
    }

    private void Checkpoint()
    {
        using var connection = Open();
        var started = Stopwatch.StartNew();
        for (; started.Elapsed.TotalSeconds < _plan.Seconds || _checkpoints < _plan.LeastCheckpoints; _checkpoints++)
        {
            if (_plan.IsGuarded)
                connection.Checkpoint(ModeOf(_checkpoints % 8));
            else
                TryExecute(connection, "PRAGMA wal_checkpoint(PASSIVE)");
        }
    }

    // PASSIVE is what needs to be guarded. Where a writer of another process holds the write lock, the engine makes the other modes
    // one without any guard, as docs/checkpointing.md says.
    private CheckpointMode ModeOf(long turn) => turn < 4 && _plan.Writes ? (CheckpointMode)turn : CheckpointMode.Passive;

    private DbConnection Open()
    {
        // Few frames, so that those of COMMIT fall into the window too.
        DbConnection connection = _plan.IsGuarded
            ? new WalDbConnection($"Data Source={_database};Wal Autocheckpoint={(_plan.Checkpoints ? 10 : 0)}")
            : new SqliteConnection($"Data Source={_database};Pooling=False");
        connection.Open();
        if (!_plan.IsGuarded)
            Execute(connection, "PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=0");
        return connection;
    }

    private static long Pauses()
    {
        var library = NativeLibrary.Load(Environment.GetEnvironmentVariable("LD_PRELOAD")!);
        return ((delegate* unmanaged[Cdecl]<long>)NativeLibrary.GetExport(library, "window_pauses"))();
    }

    private static void Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
