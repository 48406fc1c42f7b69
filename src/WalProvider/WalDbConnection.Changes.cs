namespace WalProvider;

// Change events: the rows that this connection's transactions have changed.
public sealed partial class WalDbConnection
{
    private EventHandler<WalChangedEventArgs>? _changed;
    private ChangeFeed? _changes;

    /// <summary>
    /// Raised once for each row that a transaction of this connection has inserted, updated or deleted, after it has committed, in
    /// the order of the changes. What was rolled back, by a transaction, a savepoint, a batch unit or a failing statement, is not told.
    /// </summary>
    /// <remarks>
    /// <para>Raised by the call that commits, before it returns, outside of the engine and with no lock held: the handler may use this
    /// connection, and what that changes is told afterwards. Where a batch commits by its interval, or for another writer, it is raised
    /// soon after on a thread of the pool; the handler must not use this connection then. Handlers are called one at a time. Writes in a
    /// TransactionScope are told when it completes.</para>
    /// <para>What a handler throws undoes nothing. It is not told the rest of that transaction, the other handlers are, and then the
    /// call that committed throws <see cref="AggregateException"/>: commands without a reader, Commit, CommitBatch and Close. Where
    /// another call or another thread committed, the next command throws it before it executes.</para>
    /// <para>Of one transaction 65,536 rows are told one by one (1.5 MiB of memory). Each table in which more were changed is told once
    /// more with <see cref="ChangeKind.Many"/>.</para>
    /// <para>Not told, since SQLite does not tell it: tables WITHOUT ROWID, SQLite's own tables, rows that REPLACE removes for a conflict in another column,
    /// the old rowid of an update that changes it, writes through a blob, what is restored or copied into the database, other connections
    /// and processes (see <see cref="WalDbDataSource.Changed"/>), and what was changed before the first handler was added. Of a
    /// transaction whose COMMIT failed for an I/O error, which may have committed, nothing is told.</para>
    /// <para>While there is a handler DELETE without WHERE deletes row by row, and the engine's update and rollback hooks are taken. Without
    /// one nothing is noted and nothing is slower.</para>
    /// </remarks>
    /// <seealso href="https://www.sqlite.org/c3ref/update_hook.html"/>
    public event EventHandler<WalChangedEventArgs>? Changed
    {
        add
        {
            _changed += value;
            if (_session is { } session)
            {
                Listen(session);
            }
        }

        remove
        {
            _changed -= value;
            if (_changed is null && _changes is { } changes && _session is { } session)
            {
                using (session.EnterToEnd())
                {
                    session.Engine.EndListening(changes);
                }
            }
        }
    }

    /// <summary>What the data source's own event is told by; null where the connection is of none.</summary>
    internal ChangeFeed? SourceChanges { get; init; }

    /// <summary>Throws what handlers of <see cref="Changed"/> have thrown.</summary>
    /// <exception cref="AggregateException">Handlers have thrown.</exception>
    internal void ThrowHandlerFailures() => _session?.Engine.Changes?.ThrowFailures();

    private void Listen(WalSession session)
    {
        if (_changed is not null)
        {
            _changes ??= new ChangeFeed(Listeners());
            _changes.Sender = null;
            Listen(session, _changes);
        }

        if (SourceChanges is { HasListeners: true } source)
        {
            Listen(session, source);
        }
    }

    private static void Listen(WalSession session, ChangeFeed feed)
    {
        using (session.Enter())
        {
            session.Engine.Listen(feed, session.Watch);
        }
    }

    // The scope commits after the connection was closed, and perhaps forgotten.
    private void KeepListening(ScopeEnlistment? enlistment)
    {
        if (enlistment is not null && _changes is not null)
        {
            _changes.Sender = this;
        }
    }

    // NB: weak, or the session, which the pool knows, would keep a connection alive that was never closed.
    private Func<(object? Sender, EventHandler<WalChangedEventArgs>? Handlers)> Listeners()
    {
        var connection = new WeakReference<WalDbConnection>(this);
        return () => connection.TryGetTarget(out var target) ? (target, target._changed) : default;
    }
}
