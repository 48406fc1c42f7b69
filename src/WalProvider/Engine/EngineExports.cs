using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace WalProvider;

/// <summary>
/// The calls of the engine's C API that run for each statement, value and row, straight through its exports; each
/// goes through SQLitePCLRaw where the export cannot be reached.
/// </summary>
/// <remarks>
/// <para>The pointers are static and read-only, so that the JIT folds the choice away. A handle is passed by its
/// address alone: the caller keeps its SafeHandle reachable.</para>
/// <para>Calls that are over in nanoseconds and call nobody back leave out the runtime's change of mode, which costs more than
/// they do. NB: that holds only as long as they wait for nothing. Those that take the connection's mutex are made by its
/// holder (<see cref="EnterMutex"/>): one that waited would keep the garbage collector waiting too.</para>
/// </remarks>
/// <seealso href="https://www.sqlite.org/c3ref/funclist.html"/>
internal static unsafe class EngineExports
{
    private const int Transient = -1;
    private const int InPlace = 0;
    private const int FileControlFilePointer = 7;
    private const int FileControlHasMoved = 20;
    private const int FileControlJournalPointer = 28;

    private static readonly delegate* unmanaged[Cdecl]<nint, int> StepExport
        = (delegate* unmanaged[Cdecl]<nint, int>)Find("sqlite3_step");
    private static readonly delegate* unmanaged[Cdecl]<nint, int> ResetExport
        = (delegate* unmanaged[Cdecl]<nint, int>)Find("sqlite3_reset");
    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int> ClearBindingsExport
        = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int>)Find("sqlite3_clear_bindings");
    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, long, int> BindInt64Export
        = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, long, int>)Find("sqlite3_bind_int64");
    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, double, int> BindDoubleExport
        = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, double, int>)Find("sqlite3_bind_double");
    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, int> BindNullExport
        = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, int>)Find("sqlite3_bind_null");
    private static readonly delegate* unmanaged[Cdecl]<nint, int, byte*, int, nint, int> BindTextExport
        = (delegate* unmanaged[Cdecl]<nint, int, byte*, int, nint, int>)Find("sqlite3_bind_text");
    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, byte*, int, nint, int> BindTextInPlaceExport
        = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, byte*, int, nint, int>)Find("sqlite3_bind_text");
    private static readonly delegate* unmanaged[Cdecl]<nint, int, byte*, int, nint, int> BindBlobExport
        = (delegate* unmanaged[Cdecl]<nint, int, byte*, int, nint, int>)Find("sqlite3_bind_blob");
    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int> ColumnCountExport
        = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int>)Find("sqlite3_column_count");
    private static readonly delegate* unmanaged[Cdecl]<nint, int, int> ColumnTypeExport
        = (delegate* unmanaged[Cdecl]<nint, int, int>)Find("sqlite3_column_type");
    private static readonly delegate* unmanaged[Cdecl]<nint, int, long> ColumnInt64Export
        = (delegate* unmanaged[Cdecl]<nint, int, long>)Find("sqlite3_column_int64");
    private static readonly delegate* unmanaged[Cdecl]<nint, int, double> ColumnDoubleExport
        = (delegate* unmanaged[Cdecl]<nint, int, double>)Find("sqlite3_column_double");
    private static readonly delegate* unmanaged[Cdecl]<nint, int, byte*> ColumnTextExport
        = (delegate* unmanaged[Cdecl]<nint, int, byte*>)Find("sqlite3_column_text");
    private static readonly delegate* unmanaged[Cdecl]<nint, int, byte*> ColumnBlobExport
        = (delegate* unmanaged[Cdecl]<nint, int, byte*>)Find("sqlite3_column_blob");
    private static readonly delegate* unmanaged[Cdecl]<nint, int, int> ColumnBytesExport
        = (delegate* unmanaged[Cdecl]<nint, int, int>)Find("sqlite3_column_bytes");
    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int> ChangesExport
        = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int>)Find("sqlite3_changes");
    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int> GetAutocommitExport
        = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int>)Find("sqlite3_get_autocommit");
    private static readonly delegate* unmanaged[Cdecl]<nint, byte*, int> TxnStateExport
        = (delegate* unmanaged[Cdecl]<nint, byte*, int>)Find("sqlite3_txn_state");
    private static readonly delegate* unmanaged[Cdecl]<nint, byte*, int, void*, int> FileControlExport
        = (delegate* unmanaged[Cdecl]<nint, byte*, int, void*, int>)Find("sqlite3_file_control");
    private static readonly delegate* unmanaged[Cdecl]<nint, nint, nint> NextStmtExport
        = (delegate* unmanaged[Cdecl]<nint, nint, nint>)Find("sqlite3_next_stmt");
    private static readonly delegate* unmanaged[Cdecl]<nint, byte*> SqlExport
        = (delegate* unmanaged[Cdecl]<nint, byte*>)Find("sqlite3_sql");
    private static readonly delegate* unmanaged[Cdecl]<nint, long, void> SetLastInsertRowidExport
        = (delegate* unmanaged[Cdecl]<nint, long, void>)Find("sqlite3_set_last_insert_rowid");
    private static readonly delegate* unmanaged[Cdecl]<nint, int> StmtBusyExport
        = (delegate* unmanaged[Cdecl]<nint, int>)Find("sqlite3_stmt_busy");
    private static readonly delegate* unmanaged[Cdecl]<nint, int, delegate* unmanaged[Cdecl]<nint, int>, nint, void> ProgressHandlerExport
        = (delegate* unmanaged[Cdecl]<nint, int, delegate* unmanaged[Cdecl]<nint, int>, nint, void>)Find("sqlite3_progress_handler");
    private static readonly delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<nint, int, byte*, byte*, byte*, byte*, int>, nint, int>
        SetAuthorizerExport = (delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<nint, int, byte*, byte*, byte*, byte*, int>, nint, int>)
            Find("sqlite3_set_authorizer");

    private static readonly delegate* unmanaged[Cdecl]<nint, nint> DbMutexExport
        = (delegate* unmanaged[Cdecl]<nint, nint>)Find("sqlite3_db_mutex");
    private static readonly delegate* unmanaged[Cdecl]<nint, void> MutexEnterExport
        = (delegate* unmanaged[Cdecl]<nint, void>)Find("sqlite3_mutex_enter");
    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int> MutexTryExport
        = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int>)Find("sqlite3_mutex_try");
    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, void> MutexLeaveExport
        = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, void>)Find("sqlite3_mutex_leave");

    /// <summary>Whether the exports are reached, rather than SQLitePCLRaw standing in for all of them.</summary>
    internal static bool AreReached => StepExport != null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Step(sqlite3_stmt statement)
        => StepExport != null ? StepExport(statement.DangerousGetHandle()) : raw.sqlite3_step(statement);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Reset(sqlite3_stmt statement)
        => ResetExport != null ? ResetExport(statement.DangerousGetHandle()) : raw.sqlite3_reset(statement);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int ClearBindings(sqlite3_stmt statement)
        => ClearBindingsExport != null
            ? ClearBindingsExport(statement.DangerousGetHandle())
            : raw.sqlite3_clear_bindings(statement);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int BindInt64(sqlite3_stmt statement, int index, long value)
        => BindInt64Export != null
            ? BindInt64Export(statement.DangerousGetHandle(), index, value)
            : raw.sqlite3_bind_int64(statement, index, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int BindDouble(sqlite3_stmt statement, int index, double value)
        => BindDoubleExport != null
            ? BindDoubleExport(statement.DangerousGetHandle(), index, value)
            : raw.sqlite3_bind_double(statement, index, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int BindNull(sqlite3_stmt statement, int index)
        => BindNullExport != null
            ? BindNullExport(statement.DangerousGetHandle(), index)
            : raw.sqlite3_bind_null(statement, index);

    /// <summary>Binds UTF-8 text, which the engine copies.</summary>
    internal static int BindText(sqlite3_stmt statement, int index, ReadOnlySpan<byte> utf8)
    {
        if (BindTextExport == null)
        {
            // NB: an empty span would bind NULL here as well.
            return utf8.IsEmpty ? raw.sqlite3_bind_text(statement, index, "") : raw.sqlite3_bind_text(statement, index, utf8);
        }

        fixed (byte* pointer = utf8)
        {
            // NB: a null pointer would bind NULL, and an empty span is one.
            byte empty = 0;
            return BindTextExport(
                statement.DangerousGetHandle(), index, pointer == null ? &empty : pointer, utf8.Length, Transient);
        }
    }

    /// <summary>Whether text can be bound where it stands.</summary>
    internal static bool CanBindInPlace => BindTextInPlaceExport != null;

    /// <summary>Binds UTF-8 text where it stands, until the bindings are cleared.</summary>
    internal static int BindTextInPlace(sqlite3_stmt statement, int index, byte* utf8, int length)
        => BindTextInPlaceExport(statement.DangerousGetHandle(), index, utf8, length, InPlace);

    /// <summary>Binds a blob, which the engine copies.</summary>
    internal static int BindBlob(sqlite3_stmt statement, int index, ReadOnlySpan<byte> blob)
    {
        if (BindBlobExport == null)
        {
            return raw.sqlite3_bind_blob(statement, index, blob);
        }

        fixed (byte* pointer = blob)
        {
            byte empty = 0;
            return BindBlobExport(
                statement.DangerousGetHandle(), index, pointer == null ? &empty : pointer, blob.Length, Transient);
        }
    }

    /// <summary>Binds a blob where it stands, until the bindings are cleared; it must not move.</summary>
    internal static int BindBlobInPlace(sqlite3_stmt statement, int index, ReadOnlySpan<byte> blob)
    {
        if (BindBlobExport == null || blob.IsEmpty)
        {
            return BindBlob(statement, index, blob);
        }

        fixed (byte* pointer = blob)
        {
            return BindBlobExport(statement.DangerousGetHandle(), index, pointer, blob.Length, InPlace);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int ColumnCount(sqlite3_stmt statement)
        => ColumnCountExport != null
            ? ColumnCountExport(statement.DangerousGetHandle())
            : raw.sqlite3_column_count(statement);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int ColumnType(sqlite3_stmt statement, int column)
        => ColumnTypeExport != null
            ? ColumnTypeExport(statement.DangerousGetHandle(), column)
            : raw.sqlite3_column_type(statement, column);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long ColumnInt64(sqlite3_stmt statement, int column)
        => ColumnInt64Export != null
            ? ColumnInt64Export(statement.DangerousGetHandle(), column)
            : raw.sqlite3_column_int64(statement, column);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double ColumnDouble(sqlite3_stmt statement, int column)
        => ColumnDoubleExport != null
            ? ColumnDoubleExport(statement.DangerousGetHandle(), column)
            : raw.sqlite3_column_double(statement, column);

    /// <summary>The column as UTF-8 text; valid until the statement is stepped or reset, or the column converted.</summary>
    internal static ReadOnlySpan<byte> ColumnText(sqlite3_stmt statement, int column)
    {
        if (ColumnTextExport == null || ColumnBytesExport == null)
        {
            // NB: the first call makes the value UTF-8; only the second tells where it ends, NULs inside or not.
            _ = raw.sqlite3_column_text(statement, column);
            return raw.sqlite3_column_blob(statement, column);
        }

        var handle = statement.DangerousGetHandle();
        var text = ColumnTextExport(handle, column);
        return new ReadOnlySpan<byte>(text, ColumnBytesExport(handle, column));
    }

    /// <summary>The column's bytes; valid until the statement is stepped or reset, or the column converted.</summary>
    internal static ReadOnlySpan<byte> ColumnBlob(sqlite3_stmt statement, int column)
    {
        if (ColumnBlobExport == null || ColumnBytesExport == null)
        {
            return raw.sqlite3_column_blob(statement, column);
        }

        var handle = statement.DangerousGetHandle();
        var blob = ColumnBlobExport(handle, column);
        return new ReadOnlySpan<byte>(blob, ColumnBytesExport(handle, column));
    }

    internal static int Changes(sqlite3 db)
        => ChangesExport != null ? ChangesExport(db.DangerousGetHandle()) : raw.sqlite3_changes(db);

    /// <summary>The mutex of a connection, which each of its calls takes; 0 where it has none or it cannot be had.</summary>
    internal static nint MutexOf(sqlite3 db)
        => DbMutexExport != null && MutexEnterExport != null && MutexLeaveExport != null ? DbMutexExport(db.DangerousGetHandle()) : 0;

    /// <summary>Takes a connection's mutex. Its own calls take it again then, at no cost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void EnterMutex(nint mutex)
    {
        if (mutex != 0)
        {
            MutexEnterExport(mutex);
        }
    }

    /// <summary>Takes it if no other thread has it. NB: some builds of the engine for Windows always say that one has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryEnterMutex(nint mutex)
        => mutex == 0 || (MutexTryExport != null && MutexTryExport(mutex) == raw.SQLITE_OK);

    /// <summary>Gives it up again, on the same thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void LeaveMutex(nint mutex)
    {
        if (mutex != 0)
        {
            MutexLeaveExport(mutex);
        }
    }

    /// <summary>Whether no transaction is open.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsAutocommit(sqlite3 db)
        => (GetAutocommitExport != null
            ? GetAutocommitExport(db.DangerousGetHandle())
            : raw.sqlite3_get_autocommit(db)) != 0;

    /// <summary>
    /// Whether the connection holds the write lock of any of its databases. Engines before 3.34 cannot say; there an
    /// open transaction counts.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsWriting(sqlite3 db)
        => TxnStateExport != null ? TxnStateExport(db.DangerousGetHandle(), null) == 2 : !IsAutocommit(db);

    /// <summary>
    /// Whether the connection holds a snapshot of any of its databases. Engines before 3.34 cannot say; there an open
    /// transaction counts.
    /// </summary>
    internal static bool IsReading(sqlite3 db)
        => TxnStateExport != null ? TxnStateExport(db.DangerousGetHandle(), null) > 0 : !IsAutocommit(db);

    /// <summary>Whether the main file was renamed, deleted or replaced since it was opened.</summary>
    internal static bool HasMoved(sqlite3 db)
    {
        var moved = 0;
        return FileControlExport != null
            && FileControlExport(db.DangerousGetHandle(), null, FileControlHasMoved, &moved) == raw.SQLITE_OK
            && moved != 0;
    }

    /// <summary>The <c>sqlite3_file</c> of the main database; 0 where it cannot be had.</summary>
    internal static nint MainFile(sqlite3 db) => FilePointer(db, FileControlFilePointer);

    /// <summary>
    /// The <c>sqlite3_file</c> of the main database's WAL, once the connection has read; that of its rollback journal where it
    /// is not in WAL mode; 0 where it cannot be had.
    /// </summary>
    internal static nint WalFile(sqlite3 db) => FilePointer(db, FileControlJournalPointer);

    /// <summary>Resets every statement of the connection that was compiled from SQL, whoever did, so that none keeps a lock.</summary>
    /// <remarks>
    /// NB: an open blob is a statement without SQL. Reset under its owner, it would read freed memory at its next use.
    /// </remarks>
    internal static void ResetAll(sqlite3 db)
    {
        if (NextStmtExport == null || ResetExport == null || SqlExport == null)
        {
            return;
        }

        var handle = db.DangerousGetHandle();
        var mutex = MutexOf(db);
        // NB: the garbage collector may finalize a lost statement on its own thread; it must not be the one that is looked at.
        EnterMutex(mutex);
        for (var statement = NextStmtExport(handle, 0); statement != 0; statement = NextStmtExport(handle, statement))
        {
            if (SqlExport(statement) != null)
            {
                _ = ResetExport(statement);
            }
        }

        LeaveMutex(mutex);
    }

    internal static void SetLastInsertRowid(sqlite3 db, long rowid)
    {
        if (SetLastInsertRowidExport != null)
        {
            SetLastInsertRowidExport(db.DangerousGetHandle(), rowid);
        }
    }

    /// <summary>Sets an authorizer; false where the export is not reached, and SQLitePCLRaw's must be used.</summary>
    internal static bool TrySetAuthorizer(
        sqlite3 db, delegate* unmanaged[Cdecl]<nint, int, byte*, byte*, byte*, byte*, int> callback, nint state)
        => SetAuthorizerExport != null
            && SetAuthorizerExport(db.DangerousGetHandle(), callback, state) == raw.SQLITE_OK;

    private static nint FilePointer(sqlite3 db, int control)
    {
        nint file = 0;
        return FileControlExport != null
            && FileControlExport(db.DangerousGetHandle(), null, control, &file) == raw.SQLITE_OK
            ? file
            : 0;
    }

    /// <summary>Whether a statement has been stepped, and has neither ended nor been reset.</summary>
    internal static bool IsBusy(sqlite3_stmt statement)
        => (StmtBusyExport != null ? StmtBusyExport(statement.DangerousGetHandle()) : raw.sqlite3_stmt_busy(statement)) != 0;

    /// <summary>Sets a progress handler; false where the export is not reached, and SQLitePCLRaw's must be used.</summary>
    internal static bool TrySetProgressHandler(sqlite3 db, int operations, delegate* unmanaged[Cdecl]<nint, int> callback, nint state)
    {
        if (ProgressHandlerExport == null)
        {
            return false;
        }

        ProgressHandlerExport(db.DangerousGetHandle(), operations, callback, state);
        return true;
    }

    private static nint Find(string name)
        => EngineLibrary.Handle != 0 && NativeLibrary.TryGetExport(EngineLibrary.Handle, name, out var export) ? export : 0;
}
