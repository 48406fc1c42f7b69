namespace WalProvider;

/// <summary>Gives the memory of sessions back that nobody uses: each may have filled its whole page cache.</summary>
/// <seealso href="https://www.sqlite.org/pragma.html#pragma_shrink_memory"/>
internal static class IdleMemory
{
    /// <summary>How long a session must have been idle: one that is lent again soon is worth its warm cache.</summary>
    internal static readonly TimeSpan RestAfter = TimeSpan.FromSeconds(10);

    /// <summary>Empties the cache of an idle session, once; one that was lent meanwhile is left alone.</summary>
    internal static void Shrink(WalSession session)
    {
        if (session.IsShrunk || !session.TryEnterIdle())
        {
            return;
        }

        try
        {
            session.Engine.ShrinkMemory();
            session.IsShrunk = true;
        }
        finally
        {
            session.Lock.Exit();
        }
    }
}
