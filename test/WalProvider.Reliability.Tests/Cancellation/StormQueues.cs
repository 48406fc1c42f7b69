using System.Globalization;

namespace WalProvider.Tests;

/// <summary>A write queue, and the next where it was disposed, with units that are stopped.</summary>
internal sealed class StormQueues(StormDatabase database) : IAsyncDisposable
{
    private readonly WriteQueueOptions _options = new() { Capacity = 4 };
    private WriteQueue? _queue;

    public async Task Run(StopWay way)
    {
        var id = database.Ledger.Next();
        var queue = Current();
        using var token = new CancellationTokenSource();
        var moment = way switch
        {
            StopWay.Token or StopWay.Cancel => RandomMoment.Start(token.Cancel),
            StopWay.Disposal when id % 8 == 0 => RandomMoment.Start(queue.Dispose),
            _ => Task.CompletedTask,
        };
        await database.Ledger.Attempt(id, () => queue.WriteAsync(connection => Write(connection, id, way), token.Token));
        await moment;
        if (way is StopWay.Disposal && id % 8 == 0)
            Interlocked.CompareExchange(ref _queue, null, queue);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _queue, null) is { } queue)
            await queue.DisposeAsync();
    }

    // The unit's own failure stands for its timeout.
    private static void Write(WalDbConnection connection, long id, StopWay way)
    {
        using var command = connection.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"INSERT INTO storm VALUES({id}, 0)");
        if (way is StopWay.Cancel)
            command.Cancel();
        command.ExecuteNonQuery();
        if (way is StopWay.Timeout && id % 2 == 0)
            throw new TimeoutException("The unit has taken too long.");
    }

    private WriteQueue Current()
    {
        while (true)
        {
            if (Volatile.Read(ref _queue) is { } known)
                return known;
            var created = database.Patient.CreateWriteQueue(_options);
            if (Interlocked.CompareExchange(ref _queue, created, null) is null)
                return created;
            created.Dispose();
        }
    }
}
