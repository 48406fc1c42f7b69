using System.Runtime.InteropServices;
using System.Text;
using SQLitePCL;

namespace WalProvider;

/// <summary>
/// Notes the rows that a session's open transaction changes, drops what is undone, and hands on what is committed.
/// </summary>
/// <remarks>
/// <para>The engine's update hook tells of rows as they are changed, its rollback hook of a whole transaction undone. It tells
/// neither of a savepoint undone nor of a statement that undid itself, and its commit hook runs before a commit that may still
/// fail. So marks are kept here, and whether a transaction was committed is seen afterwards: it is over, and the rollback hook
/// was silent.</para>
/// <para>Guarded by the session's lock, but for <see cref="Deliver"/>.</para>
/// </remarks>
/// <seealso href="https://www.sqlite.org/c3ref/update_hook.html"/>
internal sealed class ChangeLog : IDisposable
{
    /// <summary>How many rows of one transaction are told one by one: 1.5 MiB of memory.</summary>
    internal const int MostRows = 65_536;

    private readonly sqlite3 _db;
    private readonly SessionWatch _watch;
    private readonly List<RowChange> _open = [];
    private readonly SavepointMarks _savepoints = new();
    private readonly List<ChangedTable> _tables = [];
    private ChangeFeed[] _feeds = [];
    private int _statementStart;
    private int _held;

    /// <summary>Begins to note what a connection changes.</summary>
    internal ChangeLog(sqlite3 db, SessionWatch watch)
    {
        _db = db;
        _watch = watch;
        watch.TellRows(db, isTelling: true);
        raw.sqlite3_update_hook(db, OnUpdate, null);
        raw.sqlite3_rollback_hook(db, OnRollback, null);
    }

    /// <summary>Whether nobody listens any more.</summary>
    internal bool IsIdle => _feeds.Length == 0;

    /// <summary>Lets one more listen.</summary>
    internal void Add(ChangeFeed feed) => _feeds = [.. _feeds.Where(known => known != feed), feed];

    /// <summary>Lets one listen no longer.</summary>
    internal void Remove(ChangeFeed feed) => _feeds = [.. _feeds.Where(known => known != feed)];

    /// <summary>Marks where a statement begins to run.</summary>
    internal void BeginStatement()
    {
        _statementStart = _open.Count;
        // NB: it may be compiled anew while it begins to run.
        _watch.BeginCompile();
    }

    /// <summary>Drops what a statement noted that has failed, unless it failed and kept its rows (OR FAIL).</summary>
    /// <remarks>The engine counts no change for a statement that it has undone.</remarks>
    internal void EndFailedStatement()
    {
        if (_open.Count > _statementStart && EngineExports.Changes(_db) == 0)
        {
            CutTo(_statementStart);
        }

        HandOnIfCommitted(openWrites: 0);
    }

    /// <summary>Follows a SAVEPOINT, RELEASE or ROLLBACK TO that was executed.</summary>
    internal void Follow(string sql) => CutTo(_savepoints.Follow(sql, _open.Count));

    /// <summary>Hands on what was noted if its transaction is over: then it is committed.</summary>
    /// <param name="openWrites">How many statements are half-read that write: until they are reset nothing is committed.</param>
    internal void HandOnIfCommitted(int openWrites)
    {
        if (openWrites > 0 || !EngineExports.IsAutocommit(_db))
        {
            return;
        }

        _savepoints.Clear();
        if (_open.Count > 0)
        {
            var committed = _open.ToArray();
            CutTo(0);
            Array.ForEach(_feeds, feed => feed.Add(committed));
        }
    }

    /// <summary>Keeps what is committed from being delivered until <see cref="Release"/>.</summary>
    internal void Hold() => _held++;

    /// <summary>Ends it, and delivers.</summary>
    internal void Release()
    {
        _held--;
        Deliver();
    }

    /// <summary>Tells the listeners what was committed. Outside the session's lock: they are the user's.</summary>
    internal void Deliver()
    {
        if (_held == 0)
        {
            Array.ForEach(_feeds, feed => feed.Deliver());
        }
    }

    /// <summary>The same on a thread of the pool, for one who must not wait for a listener.</summary>
    internal void DeliverElsewhere()
    {
        if (_feeds.Any(feed => feed.HasSomething))
        {
            ThreadPool.UnsafeQueueUserWorkItem(static log => log.Deliver(), this, preferLocal: false);
        }
    }

    /// <inheritdoc cref="ChangeFeed.ThrowFailures"/>
    internal void ThrowFailures() => Array.ForEach(_feeds, feed => feed.ThrowFailures());

    /// <summary>Ends it: nothing more is noted.</summary>
    public void Dispose()
    {
        raw.sqlite3_update_hook(_db, (delegate_update?)null, null);
        raw.sqlite3_rollback_hook(_db, null, null);
        _watch.TellRows(_db, isTelling: false);
    }

    private static unsafe ReadOnlySpan<byte> Bytes(utf8z text)
    {
        fixed (byte* start = &text.GetPinnableReference())
        {
            return MemoryMarshal.CreateReadOnlySpanFromNullTerminated(start);
        }
    }

    private void OnUpdate(object state, int action, utf8z database, utf8z table, long rowId)
    {
        var name = Bytes(table);
        // The schema's own tables: what is told of them depends on how the engine does its work.
        if (name.StartsWith("sqlite_"u8))
        {
            return;
        }

        var changed = TableOf(Bytes(database), name);
        if (_open.Count < MostRows)
        {
            var kind = action == raw.SQLITE_INSERT ? ChangeKind.Insert : action == raw.SQLITE_DELETE ? ChangeKind.Delete : ChangeKind.Update;
            _open.Add(new RowChange(changed, kind, rowId));
        }
        else if (!changed.HasMany)
        {
            changed.HasMany = true;
            _open.Add(new RowChange(changed, ChangeKind.Many, 0));
        }
    }

    private void OnRollback(object state)
    {
        CutTo(0);
        _savepoints.Clear();
    }

    private ChangedTable TableOf(ReadOnlySpan<byte> database, ReadOnlySpan<byte> table)
    {
        // From the end, where the one stands that was met last.
        for (var index = _tables.Count - 1; index >= 0; index--)
        {
            if (_tables[index].Is(database, table))
            {
                (_tables[index], _tables[^1]) = (_tables[^1], _tables[index]);
                return _tables[^1];
            }
        }

        _tables.Add(new ChangedTable(
            Encoding.UTF8.GetString(database), Encoding.UTF8.GetString(table), database.ToArray(), table.ToArray()));
        return _tables[^1];
    }

    private void CutTo(int count)
    {
        for (var index = Math.Max(count, MostRows); index < _open.Count; index++)
        {
            _open[index].Table.HasMany = false;
        }

        _open.RemoveRange(count, _open.Count - count);
    }
}
