namespace WalProvider.Tests;

/// <summary>Statements that say when they have begun, and then go on: so that no test has to guess a time.</summary>
internal static class LongSql
{
    /// <summary>It never ends.</summary>
    public const string Query = "WITH RECURSIVE n(x) AS (SELECT begun() UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n";

    /// <summary>One row, and no end after it.</summary>
    public const string SecondRow = $"SELECT 1 UNION ALL SELECT * FROM ({Query})";

    /// <summary>2,999 rows into <c>t</c>, in tens of thousands of operations.</summary>
    public const string Insert = "INSERT INTO t WITH RECURSIVE n(x) AS (SELECT begun() UNION ALL SELECT x + 1 FROM n LIMIT 2999) SELECT x FROM n";

    /// <summary>Runs an action inside each statement, on its thread, as soon as it runs.</summary>
    public static void WhenBegun(this WalDbConnection connection, Action action)
        => connection.CreateFunction("begun", () =>
        {
            action();
            return 1;
        });
}
