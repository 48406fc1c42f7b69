using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>
/// Says in words why a database did not open. The engine has one text for a missing folder, a directory and a lack of rights.
/// </summary>
internal static class OpenFailure
{
    // The smallest page; a database that has content is never shorter.
    private const int SmallestDatabaseBytes = 512;

    private const string HelpPage = "docs/errors.md";

    /// <summary>
    /// The same error, codes and first sentence, and then the Data Source and what is wrong with it. A lock that was not
    /// given comes as its transient subclass, as everywhere.
    /// </summary>
    public static SqliteException Explain(SqliteException e, WalSettings settings)
    {
        // Already one of ours.
        if (e.Message.Contains(Name(settings), StringComparison.Ordinal))
            return e;
        var reason = settings.ResolveFilePath() is { } path ? ReasonFor(e, path, settings) : null;
        var message = $"{e.Message} {Name(settings)}{(reason is null ? "" : ": " + reason)}.";
        return e.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED
            ? new SqliteBusyException(message, e.SqliteErrorCode, e.SqliteExtendedErrorCode)
            : new SqliteException(message, e.SqliteErrorCode, e.SqliteExtendedErrorCode) { HelpLink = HelpPage };
    }

    /// <summary>The error for a database that the engine would open and we do not, in the form of the engine's own.</summary>
    public static SqliteException Refuse(WalSettings settings, string reason) => new(
        $"SQLite Error {raw.SQLITE_CANTOPEN}: '{raw.sqlite3_errstr(raw.SQLITE_CANTOPEN).utf8_to_string()}'. {Name(settings)}: {reason}.",
        raw.SQLITE_CANTOPEN,
        raw.SQLITE_CANTOPEN)
    { HelpLink = HelpPage };

    /// <summary>The error for a file that is not there where none is to be made.</summary>
    public static SqliteException RefuseMissing(WalSettings settings, string path) => Refuse(settings, WhyNotOpened(path, settings));

    private static string? ReasonFor(SqliteException e, string path, WalSettings settings) => e.SqliteErrorCode switch
    {
        raw.SQLITE_ERROR => WhyRefused(e, path, settings),
        raw.SQLITE_PERM when IsUri(settings) => "the URI asks for more than 'Mode' allows. Let both say the same",
        raw.SQLITE_CANTOPEN => WhyNotOpened(path, settings),
        raw.SQLITE_NOTADB => WhyNoDatabase(path),
        raw.SQLITE_CORRUPT => $"the file '{path}' is damaged or cut off ({Length(path)} bytes). Restore it from a backup",
        raw.SQLITE_BUSY => $"the file '{path}' was locked by another connection for longer than 'Busy Timeout' "
            + $"({settings.BusyTimeout.TotalMilliseconds:0} ms)",
        raw.SQLITE_READONLY => $"SQLite keeps '-wal' and '-shm' beside the file '{path}', and this user may not make them. "
            + "Make its folder writable, or open it with file:PATH?immutable=1 where nobody writes it",
        raw.SQLITE_FULL => $"the disk of '{path}' is full",
        raw.SQLITE_IOERR => $"reading or writing '{path}' failed; look at the disk and the system's log",
        raw.SQLITE_PERM or raw.SQLITE_AUTH => $"this user may not use '{path}'",
        _ => null,
    };

    private static string? WhyRefused(SqliteException e, string path, WalSettings settings) =>
        e.Message.Contains("unsupported file format", StringComparison.Ordinal)
            ? $"the file '{path}' was written by a newer SQLite than {raw.sqlite3_libversion().utf8_to_string()}. Use a newer engine"
            : IsUri(settings) ? "SQLite does not take this URI. https://www.sqlite.org/uri.html says what one may hold" : null;

    private static string WhyNotOpened(string path, WalSettings settings)
    {
        if (Directory.Exists(path))
            return $"'{path}' is a directory. Name a file in it";
        if (FileFacts.IsOutOfReach(path))
            return $"this user may not look into a folder on the way to '{path}'. Look at the permissions of each";
        if (Path.GetDirectoryName(path) is { } folder && !Directory.Exists(folder))
            return WhyNoFolder(folder);
        if (new FileInfo(path).LinkTarget is not null)
            return WhyNotFollowed(path, settings);
        // NB: never open the file to find out more. Closing it again would drop every lock that this process holds on it.
        if (File.Exists(path))
        {
            return settings.IsWithoutLocks
                ? $"the file '{path}' is in WAL mode, which nolock=1 cannot read. Take it out, or use immutable=1 where nobody writes the file"
                : $"the file '{path}' exists and this user may not read it, or may not read or write what is beside it. Look at the permissions";
        }

        return settings.Mode == SqliteOpenMode.ReadWriteCreate && !settings.IsReadOnly
            ? $"the file '{path}' could not be made. Look at the permissions of its folder and at the length of its name"
            : $"the file '{path}' does not exist, and this mode does not make one. Correct the path, or set 'Mode' to ReadWriteCreate";
    }

    private static string WhyNoFolder(string folder)
    {
        if (File.Exists(folder) && new FileInfo(folder).LinkTarget is null)
            return $"'{folder}' is a file and no folder. Correct the path";
        return File.Exists(folder)
            ? $"the folder '{folder}' is a link that leads to no folder. Correct the link"
            : $"the folder '{folder}' does not exist. Create it first, or correct the path";
    }

    private static string WhyNotFollowed(string path, WalSettings settings)
    {
        var target = RealPath.Resolve(path);
        return new FileInfo(target).LinkTarget is null
            ? $"it is a link to '{target}', and {WhyNotOpened(target, settings)}"
            : $"the link '{path}' leads in a circle, or over too many links. Correct it";
    }

    private static string WhyNoDatabase(string path) => Length(path) is { } length and < SmallestDatabaseBytes
        ? $"the file '{path}' is no SQLite database: it has {length} bytes, and the smallest database has {SmallestDatabaseBytes}"
        : $"the file '{path}' is no SQLite database, it is encrypted, or a newer SQLite wrote it";

    private static bool IsUri(WalSettings settings) => settings.DataSource.StartsWith("file:", StringComparison.Ordinal);

    private static string Name(WalSettings settings) => $"Data Source '{settings.DataSource}'";

    // The length comes from the directory and opens nothing.
    private static long? Length(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : null;
}
