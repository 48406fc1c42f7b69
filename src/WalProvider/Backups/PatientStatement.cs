using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>Runs one statement on a handle of our own, and waits for locks without blocking an asynchronous caller's thread.</summary>
internal static class PatientStatement
{
    /// <summary>Executes and gives the first column of each row.</summary>
    /// <exception cref="SqliteException">The engine refused, or the time granted is spent on BUSY.</exception>
    internal static async ValueTask<List<string>> Execute(
        sqlite3 db, string sql, BusyWait wait, bool async, CancellationToken cancellationToken)
    {
        while (true)
        {
            var code = Run(db, sql, out var answer);
            if (code == raw.SQLITE_DONE)
            {
                return answer;
            }

            var error = EngineErrors.Plain(code, db);
            if (error.SqliteErrorCode is not (raw.SQLITE_BUSY or raw.SQLITE_LOCKED) || wait.IsSpent)
            {
                throw error.SqliteErrorCode == raw.SQLITE_INTERRUPT && cancellationToken.IsCancellationRequested
                    ? new OperationCanceledException(error.Message, error, cancellationToken)
                    : error;
            }

            await wait.Nap(async, cancellationToken).ConfigureAwait(false);
        }
    }

    private static int Run(sqlite3 db, string sql, out List<string> answer)
    {
        answer = [];
        var code = raw.sqlite3_prepare_v2(db, sql, out var statement);
        if (code != raw.SQLITE_OK)
        {
            return code;
        }

        using (statement)
        {
            while ((code = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            {
                answer.Add(raw.sqlite3_column_text(statement, 0).utf8_to_string() ?? "");
            }
        }

        return code;
    }
}
