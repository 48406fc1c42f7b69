namespace WalProvider.Benchmarks;

/// <summary>Threads that write and read while something else is proved.</summary>
internal sealed class BusyOthers : IDisposable
{
    private readonly List<Thread> _threads = [];
    private volatile bool _isDone;
    private long _writes;
    private long _reads;

    public BusyOthers(WalDbDataSource source, int threadsOfEach)
    {
        for (var index = 0; index < threadsOfEach; index++)
        {
            _threads.Add(new Thread(() => Repeat(source, Write)));
            _threads.Add(new Thread(() => Repeat(source, Read)));
        }

        _threads.ForEach(thread => thread.Start());
    }

    public string Describe() => $"{Interlocked.Read(ref _writes):#,0} writes and {Interlocked.Read(ref _reads):#,0} reads";

    public void Dispose()
    {
        _isDone = true;
        _threads.ForEach(thread => thread.Join());
    }

    private void Repeat(WalDbDataSource source, Action<WalDbConnection> work)
    {
        using var connection = source.OpenConnection();
        while (!_isDone)
        {
            work(connection);
            Thread.Sleep(1);
        }
    }

    private void Write(WalDbConnection connection)
    {
        Databases.Execute(connection, "INSERT INTO noise(text) VALUES ('something else')");
        connection.CommitBatch();
        Interlocked.Increment(ref _writes);
    }

    private void Read(WalDbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM (SELECT id FROM noise LIMIT 1000)";
        command.ExecuteScalar();
        Interlocked.Increment(ref _reads);
    }
}
