using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider.Tests;

/// <summary>The way that is not taken: sqlite3_interrupt, which stops whatever runs when it arrives.</summary>
internal static class InterruptCanary
{
    private const string Query = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 300) SELECT count(*) FROM n";

    /// <summary>In which round it first hit the command after the one that it was meant for; null where it never did.</summary>
    public static async Task<int?> FirstHit(int mostRounds)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        for (var round = 1; round <= mostRounds; round++)
        {
            var moment = RandomMoment.Start(() => raw.sqlite3_interrupt(connection.Handle));
            _ = TryAsk(connection);
            var isHit = !TryAsk(connection);
            await moment;
            if (isHit)
                return round;
        }

        return null;
    }

    private static bool TryAsk(SqliteConnection connection)
    {
        try
        {
            return connection.Ask(Query) is 300L;
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            return false;
        }
    }
}
