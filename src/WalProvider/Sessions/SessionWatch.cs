using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>
/// Watches through the engine's authorizer what a session's statements would change: the connection's own state,
/// which must not reach the next user of the session, and files other than the temporary one.
/// </summary>
/// <remarks>
/// The authorizer runs while a statement is compiled, never while it is stepped. The flags live in native memory, so
/// that the callback needs neither a GC handle nor a lookup.
/// </remarks>
/// <seealso href="https://www.sqlite.org/c3ref/set_authorizer.html"/>
internal sealed unsafe class SessionWatch : IDisposable
{
    private const int Dirty = 1;
    private const int WroteTemp = 2;
    private const int WroteFile = 4;
    private const int TellsRows = 8;
    private const int Drops = 16;
    private const int SqliteReindex = 27;

    // Pragmas whose argument asks rather than sets, or sets something in the file rather than in the connection.
    private static readonly string[] HarmlessPragmas =
    [
        "table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list",
        "foreign_key_check", "integrity_check", "quick_check", "wal_checkpoint", "optimize", "incremental_vacuum",
        "user_version", "application_id", "shrink_memory",
    ];

    // NB: SQLitePCLRaw keeps the delegate only as long as the connection does.
    private delegate_authorizer? _fallback;
    private int* _flags;

    /// <summary>Starts to watch a connection that has just been set up.</summary>
    internal SessionWatch(sqlite3 db)
    {
        _flags = (int*)NativeMemory.AllocZeroed(sizeof(int));
        Begin(db);
    }

    /// <summary>Whether a statement was compiled that changes the connection itself.</summary>
    internal bool IsDirty => (*_flags & Dirty) != 0;

    /// <summary>Forgets what the statements compiled so far write.</summary>
    internal void BeginCompile() => *_flags &= Dirty | TellsRows;

    /// <summary>Whether the statement just compiled writes to temporary tables alone, so that it needs no gate.</summary>
    internal bool WroteTempOnly => (*_flags & (WroteTemp | WroteFile)) == WroteTemp;

    /// <summary>
    /// Whether DELETE without WHERE deletes row by row, so that each is told to the update hook, or empties its table at one stroke.
    /// </summary>
    /// <remarks>All statements are compiled anew for it at their next use.</remarks>
    internal void TellRows(sqlite3 db, bool isTelling)
    {
        *_flags = isTelling ? *_flags | TellsRows : *_flags & ~TellsRows;
        Begin(db);
    }

    /// <summary>Takes the authorizer away: a blob or a statement of the user may keep the handle alive beyond this watch.</summary>
    internal void End(sqlite3 db)
    {
        if (_fallback is not null || !EngineExports.TrySetAuthorizer(db, null, 0))
        {
            _ = raw.sqlite3_set_authorizer(db, (delegate_authorizer?)null, null);
        }
    }

    /// <summary>Frees the flags; the watch must have ended by then, or its authorizer would write to freed memory.</summary>
    public void Dispose()
    {
        NativeMemory.Free(_flags);
        _flags = null;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnAuthorize(nint state, int action, byte* first, byte* second, byte* database, byte* trigger)
    {
        var flags = (int*)state;
        *flags |= Judge(action, Text(first), Text(second), second == null, Text(database));
        return Answer(*flags, action, Text(first));
    }

    /// <remarks>
    /// NB: IGNORE for a DELETE means row by row. But the engine also asks for a DELETE when a table is dropped, and would then
    /// leave the table where it is.
    /// </remarks>
    private static int Answer(int flags, int action, ReadOnlySpan<byte> table)
        => action == raw.SQLITE_DELETE && (flags & (TellsRows | Drops)) == TellsRows && !table.StartsWith("sqlite_"u8)
            ? raw.SQLITE_IGNORE
            : raw.SQLITE_OK;

    private static ReadOnlySpan<byte> Text(byte* text) => MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text);

    private static int Judge(
        int action, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, bool isSecondNull, ReadOnlySpan<byte> database)
        => action switch
        {
            raw.SQLITE_READ or raw.SQLITE_SELECT => 0,
            raw.SQLITE_INSERT or raw.SQLITE_UPDATE or raw.SQLITE_DELETE => database.SequenceEqual("temp"u8) ? WroteTemp : WroteFile,
            SqliteReindex => WroteFile,
            raw.SQLITE_DROP_TABLE or raw.SQLITE_DROP_TEMP_TABLE or raw.SQLITE_DROP_VTABLE
                or raw.SQLITE_DROP_VIEW or raw.SQLITE_DROP_TEMP_VIEW => Drops,
            raw.SQLITE_PRAGMA => isSecondNull || IsHarmless(first) ? 0 : Dirty,
            raw.SQLITE_ATTACH or raw.SQLITE_DETACH => Dirty,
            raw.SQLITE_CREATE_TEMP_TABLE or raw.SQLITE_CREATE_TEMP_INDEX
                or raw.SQLITE_CREATE_TEMP_TRIGGER or raw.SQLITE_CREATE_TEMP_VIEW => Dirty,
            // NB: CREATE TABLE temp.t is reported as that of an ordinary table, in the database of that name.
            raw.SQLITE_CREATE_TABLE or raw.SQLITE_CREATE_INDEX or raw.SQLITE_CREATE_TRIGGER or raw.SQLITE_CREATE_VIEW
                or raw.SQLITE_CREATE_VTABLE when database.SequenceEqual("temp"u8) => Dirty,
            raw.SQLITE_FUNCTION when Ascii.EqualsIgnoreCase(second, "load_extension") => Dirty,
            _ => 0,
        };

    private void Begin(sqlite3 db)
    {
        if (_fallback is not null || !EngineExports.TrySetAuthorizer(db, &OnAuthorize, (nint)_flags))
        {
            _fallback ??= Authorize;
            SqliteException.ThrowExceptionForRC(raw.sqlite3_set_authorizer(db, _fallback, null), db);
        }
    }

    private static bool IsHarmless(ReadOnlySpan<byte> pragma)
    {
        foreach (var name in HarmlessPragmas)
        {
            if (Ascii.EqualsIgnoreCase(pragma, name))
            {
                return true;
            }
        }

        return false;
    }

    private int Authorize(object state, int action, utf8z first, utf8z second, utf8z database, utf8z trigger)
    {
        static byte[] Bytes(utf8z text) => Encoding.UTF8.GetBytes(text.utf8_to_string() ?? "");

        *_flags |= Judge(action, Bytes(first), Bytes(second), second.utf8_to_string() is null, Bytes(database));
        return Answer(*_flags, action, Bytes(first));
    }
}
