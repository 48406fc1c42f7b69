namespace WalProvider.Tests;

/// <summary>A write queue whose next commit holds a unit that inserts 1, the units of a test, and one that inserts 3.</summary>
internal sealed class SharedGroup : IDisposable
{
    private readonly TestDatabase _database;
    private readonly QueueBlocker _blocker = new();
    private readonly Task _blocked;
    private Task? _after;

    private SharedGroup(string keywords)
    {
        _database = new TestDatabase(keywords);
        using (var connection = _database.OpenWithTable())
        {
            connection.Run(
                "CREATE UNIQUE INDEX u ON t(a); CREATE TABLE p(id INTEGER PRIMARY KEY);"
                + "CREATE TABLE c(p REFERENCES p DEFERRABLE INITIALLY DEFERRED)");
        }

        Queue = _database.Source.CreateWriteQueue(new WriteQueueOptions { MaxCommitInterval = TimeSpan.Zero });
        _blocked = Queue.WriteAsync(_blocker.Run);
        Before = Queue.WriteAsync(c => { c.Run("INSERT INTO t VALUES(1)"); });
    }

    public WriteQueue Queue { get; }

    public Task Before { get; }

    public Task After => _after!;

    /// <summary>How many sessions of the database are lent, the queue's among them.</summary>
    public int InUse => _database.Source.Statistics.InUse;

    public string Values
    {
        get
        {
            using var connection = _database.Open();
            return BatchUnitTests.Values(connection);
        }
    }

    public static async Task<SharedGroup> Begin(string keywords = "")
    {
        var group = new SharedGroup(keywords);
        await group._blocker.HasStarted.Within();
        return group;
    }

    public Task Bring(Action<WalDbConnection> work) => Queue.WriteAsync(work);

    /// <summary>Brings the last unit and lets all run.</summary>
    public void Release()
    {
        _after = Queue.WriteAsync(c => { c.Run("INSERT INTO t VALUES(3)"); });
        _blocker.Release();
    }

    /// <summary>Lets all run, and expects that the units of others are kept.</summary>
    public async Task EndWithBothKept()
    {
        Release();
        await Task.WhenAll(_blocked, Before, After).Within();
    }

    public void Dispose()
    {
        Queue.Dispose();
        _database.Dispose();
    }
}
