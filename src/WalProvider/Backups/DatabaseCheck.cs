using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>Looks a database through, with SQLite's own check.</summary>
/// <seealso href="https://www.sqlite.org/pragma.html#pragma_integrity_check"/>
internal static class DatabaseCheck
{
    private const int MostComplaints = 20;
    private const int OperationsPerLook = 10_000;

    /// <summary>Checks a file that nobody has open; the complaints, which name the pages, or null where there are none.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal static string? FindDamage(string path, BackupVerification verification, CancellationToken cancellationToken)
    {
        if (verification == BackupVerification.None)
        {
            return null;
        }

        using var connection = ClosedDatabase.Open(path);
        return FindDamage(connection.Handle!, verification, cancellationToken);
    }

    /// <summary>Checks what a connection of our own sees.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal static string? FindDamage(sqlite3 db, BackupVerification verification, CancellationToken cancellationToken)
    {
        if (verification == BackupVerification.None)
        {
            return null;
        }

        raw.sqlite3_progress_handler(db, OperationsPerLook, _ => cancellationToken.IsCancellationRequested ? 1 : 0, null);
        var pragma = verification == BackupVerification.Full ? "integrity_check" : "quick_check";
        try
        {
            var lines = PatientStatement
                .Execute(db, $"PRAGMA {pragma}({MostComplaints})", new BusyWait(), async: false, cancellationToken)
                .GetAwaiter().GetResult();
            return lines is ["ok"] ? null : string.Join("; ", lines).ReplaceLineEndings(" ");
        }
        catch (SqliteException error) when (error.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB)
        {
            return error.Message;
        }
        finally
        {
            raw.sqlite3_progress_handler(db, 0, null, null);
        }
    }
}
