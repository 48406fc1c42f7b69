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
/// <para>Where its batch is lost while it is open, its connection refuses further writes until it is disposed: they would be
/// half of a unit.</para>
/// </remarks>
/// <seealso href="https://www.sqlite.org/lang_savepoint.html"/>
public sealed class BatchUnit : IDisposable, IAsyncDisposable
{
    private readonly WalSession _session;
    private readonly UnitMark _mark;
    private bool _isKept;
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
    /// <exception cref="WriteBatchLostException">The COMMIT failed: the one without batching, or that of a batch that was due.</exception>
    /// <exception cref="SqliteBusyException">
    /// Without batching, in a rollback journal: others read for longer than Busy Timeout. Call it again, or dispose the unit.
    /// </exception>
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

        using (_session.EnterToEnd())
        {
            _hasEnded = true;
            if (_isKept)
            {
                // Its COMMIT had to be given up, without batching.
                _session.Batch.Rollback();
            }
            else
            {
                _session.Batch.UndoUnit(_mark);
                _session.EndEmptyBatch();
                _session.Settle();
            }
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
        var admission = new Admission(session, wait);
        try
        {
            while (true)
            {
                var need = TryBegin(session, admission, wait, out var mark);
                if (need == Need.Nothing)
                {
                    return new BatchUnit(session, mark);
                }

                await (need == Need.Gate
                    ? session.WriteLock.Enter(wait, async, cancellationToken)
                    : wait.Nap(async, cancellationToken)).ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            // NB: whoever is cancelled while another process holds the lock has entered the gate already.
            using (session.EnterToEnd())
            {
                session.WriteLock.Leave(session.IsClosed);
            }

            throw;
        }
    }

    private static Need TryBegin(WalSession session, Admission admission, BusyWait wait, out UnitMark mark)
    {
        using (session.Enter())
        {
            mark = default;
            admission.RefuseLeftBehind();
            session.Batch.RefuseInLostUnit();
            RefuseBesideWrites(session);
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

            throw EngineErrors.For(begun, session.Engine, wait.Elapsed);
        }
    }

    // NB: SQLite neither sets nor releases a savepoint then.
    private static void RefuseBesideWrites(WalSession session)
    {
        if (session.OpenWrites > 0)
        {
            throw new InvalidOperationException(
                "A unit can be neither begun nor completed while a blob that is written, or a reader of a statement that writes "
                + "(RETURNING), is open: close it first.");
        }
    }

    private async ValueTask Complete(bool async, CancellationToken cancellationToken)
    {
        if (_hasEnded)
        {
            throw new InvalidOperationException("The unit has ended: it was completed or disposed before.");
        }

        Keep();
        if (_hasEnded)
        {
            return;
        }

        try
        {
            await BatchCommit.Run(_session, async, cancellationToken).ConfigureAwait(false);
            _hasEnded = true;
        }
        catch (WriteBatchLostException)
        {
            _hasEnded = true;
            throw;
        }
    }

    /// <summary>Keeps the writes; ends the unit where something around it will commit them.</summary>
    private void Keep()
    {
        using (_session.EnterToEnd())
        {
            if (!_isKept)
            {
                RefuseBesideWrites(_session);
                _session.Batch.KeepUnit(_mark);
                _isKept = true;
            }

            if (_session.Batch.IsEnabled || _session.Batch.HasOpenUnits)
            {
                _hasEnded = true;
                _session.EndEmptyBatch();
                _session.Settle();
            }
        }
    }
}
