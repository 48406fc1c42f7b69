namespace WalProvider;

/// <summary>Creates write queues.</summary>
public static class WriteQueueExtensions
{
    /// <summary>Creates a queue that writes for many threads: their units share commits, and each waits for its own.</summary>
    /// <param name="dataSource">Where the queue takes its one connection from, when the first unit comes.</param>
    /// <param name="options">How it gathers units; null for the defaults.</param>
    /// <returns>The queue; disposing it commits what waits. Dispose it before the data source.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static WriteQueue CreateWriteQueue(this WalDbDataSource dataSource, WriteQueueOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        options ??= new WriteQueueOptions();
        options.Check();
        return new WriteQueue(dataSource.OpenConnection, options, dataSource.Clock);
    }
}
