using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>
/// Runs one PRAGMA on the handle. A command of the wrapped provider would cost several times as much, and on BUSY it naps
/// 150 ms at a time.
/// </summary>
/// <remarks>
/// Reading the schema can meet BUSY as well as writing: while another process recovers the WAL, even the compiling fails
/// with it. So everything here waits, and all of it within one <see cref="PatienceBudget"/>.
/// </remarks>
internal static class PragmaStatement
{
    /// <summary>Executes and gives the first column of the first row; null where there is no row.</summary>
    /// <exception cref="SqliteException">The engine refused, or the budget is spent on BUSY.</exception>
    public static string? Execute(sqlite3 handle, string sql, PatienceBudget budget)
    {
        while (true)
        {
            var code = Run(handle, sql, out var answer);
            if ((code & 0xFF) == raw.SQLITE_BUSY && budget.Wait())
                continue;
            if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
                SqliteException.ThrowExceptionForRC(code, handle);
            return answer;
        }
    }

    private static int Run(sqlite3 handle, string sql, out string? answer)
    {
        answer = null;
        var code = raw.sqlite3_prepare_v2(handle, sql, out var statement);
        if (code != raw.SQLITE_OK)
            return code;
        using (statement)
        {
            code = raw.sqlite3_step(statement);
            if (code == raw.SQLITE_ROW)
                answer = raw.sqlite3_column_text(statement, 0).utf8_to_string();

            // NB: journal_mode=WAL answers first and writes the file's header at its end, where a disk may fail.
            while (code == raw.SQLITE_ROW)
                code = raw.sqlite3_step(statement);
        }

        return code;
    }
}
