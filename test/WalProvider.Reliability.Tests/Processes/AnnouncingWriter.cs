using System.Globalization;
using WalProvider.Worker;

namespace WalProvider.Tests;

/// <summary>A writer that tells reading processes of each commit once it is over.</summary>
internal sealed class AnnouncingWriter : IAsyncDisposable
{
    private const int CheckpointEvery = 100;

    private readonly WalDbConnection _connection;
    private readonly WalDbConnection _batching;
    private readonly WriteQueue _queue;

    public AnnouncingWriter(TestDatabase database)
    {
        Board = new Board(database.File);
        _connection = database.Open();
        _connection.Run(WatchVerb.Schema + "INSERT INTO left_half VALUES(0); INSERT INTO right_half VALUES(0)");
        // So that a reader of the main file alone finds the tables.
        _connection.Checkpoint(CheckpointMode.Truncate);
        _batching = new WalDbConnection($"{database.ConnectionString};Write Batch Size=1000");
        _batching.Open();
        _queue = database.Source.CreateWriteQueue();
    }

    public Board Board { get; }

    public int Commits { get; private set; }

    /// <summary>How many checkpoints have begun the WAL anew.</summary>
    public int Checkpoints { get; private set; }

    /// <summary>Commits the next number, in one of the ways in turn, and announces it.</summary>
    public async Task Commit()
    {
        Commits++;
        switch (Commits % 3)
        {
            case 0:
                using (var transaction = _connection.BeginTransaction())
                {
                    Write(_connection);
                    transaction.Commit();
                }

                break;
            case 1:
                Write(_batching);
                _batching.CommitBatch();
                break;
            default:
                await _queue.WriteAsync(Write);
                break;
        }

        Board.Announced = Commits;
        if (Commits % CheckpointEvery == 0)
            Checkpoint();
    }

    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync();
        await _batching.DisposeAsync();
        await _connection.DisposeAsync();
        Board.Dispose();
    }

    private void Write(WalDbConnection connection)
    {
        var number = Commits.ToString(CultureInfo.InvariantCulture);
        connection.Run($"UPDATE left_half SET n = {number}");
        connection.Run($"UPDATE right_half SET n = {number}");
    }

    // Readers are in the way most of the time, and it is to be tried without waiting for them.
    private void Checkpoint()
    {
        var mode = (CheckpointMode)(Commits / CheckpointEvery % 4);
        var result = _connection.Checkpoint(mode, TimeSpan.FromMilliseconds(20));
        Checkpoints += result.Completed && mode is CheckpointMode.Restart or CheckpointMode.Truncate ? 1 : 0;
    }
}
