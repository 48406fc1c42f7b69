namespace WalProvider;

/// <summary>
/// Holds a database still while child processes are started or its file is copied: the main file is the whole database, the
/// WAL is empty, and stays so until this is disposed. Made by <c>WalDbDataSource.HoldForFork</c>.
/// </summary>
/// <remarks>
/// Writers wait, those of this process at the write gate and those of others at the file's lock, each for its own Busy
/// Timeout; so hold it for as short as can be. Readers go on.
/// </remarks>
public sealed class ForkHold : IDisposable, IAsyncDisposable
{
    private WalSession? _session;

    private ForkHold(WalSession session, CheckpointResult checkpoint)
    {
        _session = session;
        Checkpoint = checkpoint;
    }

    /// <summary>The checkpoint that emptied the WAL.</summary>
    public CheckpointResult Checkpoint { get; }

    /// <summary>Lets the writers go on. Does nothing the second time.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _session, null) is { } session)
        {
            session.RollbackTransaction();
            session.Dispose();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    internal static async ValueTask<ForkHold> Begin(
        WalSession session, Action<DatabaseFile> closeIdle, TimeSpan? timeout, bool async, CancellationToken cancellationToken)
    {
        try
        {
            if (session.File is { } file)
            {
                closeIdle(file);
            }

            var result = await new Checkpointer(session).RunAndHold(timeout, async, cancellationToken).ConfigureAwait(false);
            return new ForkHold(session, result);
        }
        catch (Exception)
        {
            session.Dispose();
            throw;
        }
    }
}
