using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>
/// Refuses what is no file, or not this user's, before the engine touches it. It would wait for ever at a pipe that is opened to
/// be read, make a journal beside a device, and take for read-only what has a -wal or -shm that it may not write.
/// </summary>
/// <remarks>It asks each time, which costs a few microseconds a new session. Only Linux is asked; elsewhere everything passes.</remarks>
internal static class FileKindGuard
{
    private static readonly string[] Companions = ["-wal", "-shm", "-journal"];

    /// <summary>Looks at the database and at what is beside it. Call it before the file is opened.</summary>
    /// <exception cref="SqliteException">One of them cannot be used.</exception>
    public static void Check(WalSettings settings)
    {
        if (settings.ResolveFilePath() is not { } path)
            return;

        // NB: immutable=1 and nolock=1 only read, and the engine makes a file for them.
        if (settings.IsReadOnly && !File.Exists(path) && !Directory.Exists(path))
            throw OpenFailure.RefuseMissing(settings, path);

        // The engine itself refuses a directory at once.
        if (FileFacts.KindOf(path, isLinkFollowed: true) is { } kind and not (FileFacts.File or FileFacts.Directory))
            throw OpenFailure.Refuse(settings, $"'{path}' is {kind}, and a database is a file. Correct the path");
        foreach (var ending in Companions)
            CheckCompanion(settings, path, path + ending);
    }

    private static void CheckCompanion(WalSettings settings, string path, string companion)
    {
        // NB: the engine follows no link there, so that nobody can have it write elsewhere.
        if (FileFacts.KindOf(companion, isLinkFollowed: false) is not { } kind)
            return;
        if (kind != FileFacts.File)
        {
            throw OpenFailure.Refuse(
                settings, $"'{companion}' is {kind}, where SQLite keeps a file of its own. Find out who made it, and delete or rename it");
        }

        var isWritten = !settings.IsReadOnly && FileFacts.IsWritable(path);
        if (!FileFacts.IsReadable(companion) || (isWritten && !FileFacts.IsWritable(companion)))
        {
            throw OpenFailure.Refuse(
                settings,
                $"this user may not {(isWritten ? "read and write" : "read")} '{companion}', as another user has made it. Give it the owner and "
                + "the permissions of the database" + (isWritten ? ", or set 'Mode' to ReadOnly where nothing is written" : ""));
        }
    }
}
