namespace WalProvider;

/// <summary>An open session, as the others of the same file see it.</summary>
internal sealed class SessionView(WalSession session) : IFileUser
{
    /// <inheritdoc/>
    public bool IsClosed => session.IsClosed;

    /// <inheritdoc/>
    public bool IsLasting => false;

    /// <inheritdoc/>
    public WalReader? DescribeReader()
    {
        // One who executes right now holds the lock, and is a reader as good as any.
        if (!session.TryEnterIdle())
        {
            return session.IsClosed ? null : session.Run.Describe();
        }

        try
        {
            return EngineExports.IsReading(session.Engine.Db) ? session.Run.Describe() : null;
        }
        finally
        {
            session.Lock.Exit();
        }
    }

    /// <inheritdoc/>
    public WalFrames? ReadFrames()
    {
        if (!session.TryEnterIdle())
        {
            return null;
        }

        try
        {
            return session.Wal.Read();
        }
        finally
        {
            session.Lock.Exit();
        }
    }
}
