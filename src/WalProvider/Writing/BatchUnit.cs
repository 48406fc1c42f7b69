using SQLitePCL;

namespace WalProvider;

/// <summary>
/// Writes that stay together: the batch commits none of them without the others, and leaving the unit without
/// <see cref="Complete()"/> undoes exactly them.
/// </summary>
/// <remarks>
/// <para>From <see cref="WalDbConnection.BeginBatchUnit()"/>. The threshold, the interval and writers that wait are looked
/// at only between units. Without batching (Write Batch Size = 0) a unit is a transaction that
/// <see cref="Complete()"/> commits.</para>
/// <para>An open unit holds the write lock: others wait for it. Units may be nested; the outer one decides.</para>
/// </remarks>
/// <seealso href="https://www.sqlite.org/lang_savepoint.html"/>
public sealed class BatchUnit : IDisposable, IAsyncDisposable
{
    private readonly WalSession _session;
    private readonly UnitMark _mark;
    private bool _hasEnded;

    private BatchUnit(WalSession session, UnitMark mark)
    {
        _session = session;
        _mark = mark;
    }

    /// <summary>Keeps the unit's writes. Without batching it commits them.</summary>
    /// <exception cref="InvalidOperationException">
    /// The unit has ended already, a unit inside it or a reader of a RETURNING statement is still open, or the batch was
    /// lost meanwhile.
    /// </exception>
    /// <exception cref="WriteBatchLostException">Without batching: the COMMIT failed.</exception>
    public void Complete() => Complete(async: false, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc cref="Complete()"/>
    /// <param name="cancellationToken">Without batching: ends the wait for readers that keep a rollback journal from committing.</param>
    public Task CompleteAsync(CancellationToken cancellationToken = default) => Complete(async: true, cancellationToken).AsTask();

    /// <summary>Undoes the unit's writes, unless it was completed.</summary>
    public void Dispose()
    {
        if (_hasEnded)
        {
            return;
        }

        _hasEnded = true;
        using (_session.Enter())
        {
            _session.Batch.UndoUnit(_mark);
            _session.Settle();
        }
    }

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    /// <summary>Begins a unit, and the batch with it where none is open.</summary>
    internal static async ValueTask<BatchUnit> Begin(WalSession session, TimeSpan waitLimit, bool async, CancellationToken cancellationToken)
    {
        session.ThrowPendingFailure();
        var wait = new BusyWait();
        wait.Restart(waitLimit);
        while (true)
        {
            var need = TryBegin(session, wait, out var mark);
            if (need == Need.Nothing)
            {
                return new BatchUnit(session, mark);
            }

            await (need == Need.Gate
                ? session.WriteLock.Enter(wait, async, cancellationToken)
                : wait.Nap(async, cancellationToken)).ConfigureAwait(false);
        }
    }

    private static Need TryBegin(WalSession session, BusyWait wait, out UnitMark mark)
    {
        using (session.Enter())
        {
            mark = default;
            if (session.Engine.InTransaction && !session.Batch.IsOpen)
            {
                throw new InvalidOperationException(
                    "A transaction is open, and keeps its writes together already. Begin units outside of transactions, or nest with "
                    + "BeginTransaction or Save.");
            }

            if (!session.WriteLock.TryEnter())
            {
                return Need.Gate;
            }

            var begun = session.Batch.IsOpen ? raw.SQLITE_OK : session.Batch.Begin();
            if (begun == raw.SQLITE_OK)
            {
                mark = session.Batch.BeginUnit();
                return Need.Nothing;
            }

            if (!wait.IsSpent && session.IsWorthWaiting(begun))
            {
                return Need.Lock;
            }

            var error = EngineErrors.For(begun, session.Engine, wait.Elapsed);
            session.WriteLock.Settle();
            throw error;
        }
    }

    private ValueTask Complete(bool async, CancellationToken cancellationToken)
    {
        if (_hasEnded)
        {
            throw new InvalidOperationException("The unit has ended: it was completed or disposed before.");
        }

        using (_session.Enter())
        {
            _session.Batch.KeepUnit(_mark);
            _hasEnded = true;
            if (_session.Batch.IsEnabled)
            {
                _session.Settle();
            }
        }

        return _session.Batch.IsEnabled || _session.Batch.HasOpenUnits ? default : BatchCommit.Run(_session, async, cancellationToken);
    }
}
