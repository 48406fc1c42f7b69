using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>An open blob of the engine: to the session the same as the open result of a statement.</summary>
/// <remarks>
/// <para>The engine keeps a statement half executed behind each: one that reads pins a snapshot, one that writes holds the
/// write lock, and COMMIT is refused beside it. So a blob goes the way of a RETURNING that is being read: through the
/// gate, in the batch where there is one, and otherwise in a transaction of its own, whose COMMIT can be tried again.</para>
/// <para>Opened anew for each access it would hold nothing in between, but the engine would walk the chain of the value's
/// pages from its beginning each time.</para>
/// </remarks>
/// <seealso href="https://www.sqlite.org/c3ref/blob_open.html"/>
internal sealed class BlobHandle
{
    private readonly WalSession _session;
    private readonly BlobAddress _address;
    private readonly bool _isReadOnly;
    private readonly TimeSpan _waitLimit;
    private readonly string _note;
    private readonly BusyWait _wait = new();
    private readonly Admission _admission;
    private sqlite3_blob? _blob;
    private bool _hasWritten;
    private bool _isClosed;

    private BlobHandle(WalSession session, BlobAddress address, bool isReadOnly, TimeSpan waitLimit)
    {
        _session = session;
        _address = address;
        _isReadOnly = isReadOnly;
        _waitLimit = waitLimit;
        _note = address.ToString();
        _admission = new Admission(session, _wait);
    }

    /// <summary>How long the value is, in bytes.</summary>
    internal int Length { get; private set; }

    /// <summary>Whether it can be read and written.</summary>
    internal bool IsOpen => _blob is not null;

    private bool NeedsGate => !_isReadOnly && !_address.IsTemporary;

    /// <summary>Opens a blob, waiting for locks.</summary>
    /// <exception cref="SqliteException">There is no such value, or it cannot be opened so.</exception>
    /// <exception cref="SqliteBusyException">The database stayed locked for as long as was granted.</exception>
    internal static async ValueTask<BlobHandle> Open(
        WalSession session, BlobAddress address, bool isReadOnly, TimeSpan waitLimit, bool async, CancellationToken cancellationToken)
    {
        session.ThrowPendingFailure();
        var handle = new BlobHandle(session, address, isReadOnly, waitLimit);
        session.Run.Begin(handle._note, isInner: session.HasSomethingOpen);
        handle._wait.Restart(waitLimit);
        try
        {
            for (var need = handle.TryOpen(); need != Need.Nothing; need = handle.TryOpen())
            {
                await (need == Need.Gate
                    ? session.WriteLock.Enter(handle._wait, async, cancellationToken)
                    : handle._wait.Nap(async, cancellationToken)).ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            handle.GiveUp();
            throw;
        }

        return handle;
    }

    /// <summary>Reads bytes that are there; asked for only while open.</summary>
    /// <exception cref="SqliteException">The row was changed since it was opened, or a disk failed.</exception>
    internal void Read(Span<byte> buffer, int position)
    {
        using (_session.Enter())
        {
            var result = raw.sqlite3_blob_read(_blob, buffer, position);
            if (result != raw.SQLITE_OK)
            {
                throw Fail(result);
            }
        }
    }

    /// <summary>Writes over bytes that are there; asked for only while open.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    /// <exception cref="WriteBatchLostException">The pending writes of the batch were lost with this one.</exception>
    internal void Write(ReadOnlySpan<byte> bytes, int position)
    {
        using (_session.Enter())
        {
            var result = raw.sqlite3_blob_write(_blob, bytes, position);
            if (result != raw.SQLITE_OK)
            {
                throw Fail(result);
            }

            _hasWritten = true;
        }
    }

    /// <summary>Refuses to close it from inside the engine, before anything is given up.</summary>
    /// <inheritdoc cref="SessionLock.RefuseInside" path="/exception"/>
    internal void RefuseInside()
    {
        if (!_isClosed)
        {
            _session.Lock.RefuseInside();
        }
    }

    /// <summary>Closes it, and commits what was written outside of a transaction and a batch. Does nothing if it is closed.</summary>
    /// <exception cref="SqliteException">The COMMIT failed; what was written is undone.</exception>
    internal async ValueTask Close(bool async)
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        _wait.Restart(_waitLimit);
        try
        {
            while (!TryClose())
            {
                await _wait.Nap(async, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            GiveUp();
            throw;
        }
    }

    // Nobody will close it any more.
    private void Abandon()
    {
        if (_blob is { } blob)
        {
            CountIfWritten();
            Release(blob);
        }
    }

    private Need TryOpen()
    {
        using (_session.Enter())
        {
            _admission.RefuseLeftBehind();
            if (NeedsGate && _admission.AdmitWrite(hasResult: true, _note) is var need and not Need.Nothing)
            {
                return need;
            }

            var result = raw.sqlite3_blob_open(
                _session.Engine.Db, _address.Database, _address.Table, _address.Column, _address.RowId, _isReadOnly ? 0 : 1, out var blob);
            if (result != raw.SQLITE_OK)
            {
                return _admission.IsWorthWaiting(result) ? Need.Lock : throw _admission.Fail(result);
            }

            _blob = blob;
            Length = raw.sqlite3_blob_bytes(blob);
            _session.OpenResult(isWrite: !_isReadOnly);
            _session.Blobs.Add(Abandon);
            return Need.Nothing;
        }
    }

    private bool TryClose()
    {
        using (_session.EnterToEnd())
        {
            if (_blob is { } blob)
            {
                var result = Release(blob);
                // NB: after a rollback that was not this blob's the engine answers ABORT, which is no news.
                if (result != raw.SQLITE_OK && (result & 0xff) != raw.SQLITE_ABORT)
                {
                    throw _admission.Fail(result);
                }
            }

            if (!_admission.TryCommitOwnTransaction())
            {
                return false;
            }

            CountIfWritten();
            _session.EndEmptyBatch();
            _session.Settle();
            return true;
        }
    }

    // NB: an error other than ABORT ends the statement behind the blob, and may end the transaction with it: what is lost is
    // to be said here, and not by a COMMIT later. In a batch or transaction that goes on, what was written before stays.
    private SqliteException Fail(int result)
    {
        var error = EngineErrors.OfBlob(result, _session.Engine, _address);
        if (error.SqliteErrorCode == raw.SQLITE_ABORT)
        {
            return error;
        }

        _ = Release(_blob!);
        _admission.EndOwnTransaction(keepsPart: false);
        var failure = _session.Batch.LostWith(error) ?? error;
        CountIfWritten();
        _session.EndEmptyBatch();
        _session.Settle();
        return failure;
    }

    private int Release(sqlite3_blob blob)
    {
        _blob = null;
        _session.Blobs.Remove(Abandon);
        _session.CloseResult(isWrite: !_isReadOnly);
        return raw.sqlite3_blob_close(blob);
    }

    private void CountIfWritten()
    {
        if (_hasWritten && NeedsGate && _session.Batch.IsOpen)
        {
            _session.Batch.Count();
        }

        _hasWritten = false;
    }

    private void GiveUp()
    {
        using (_session.EnterToEnd())
        {
            _admission.EndOwnTransaction(keepsPart: false);
            _admission.Leave();
        }
    }
}
