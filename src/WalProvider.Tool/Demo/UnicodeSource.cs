using System.Data.Common;
using Dapper;

namespace WalProvider.Tool;

/// <summary>A demo on the Unicode table of .NET. Whoever checks reads the table again in his own process.</summary>
/// <param name="rows">The table, read once, so that what is measured is the loading.</param>
internal sealed class UnicodeSource(UnicodeRow[] rows) : IDemoSource
{
    public string Title => $"the Unicode table of .NET {Environment.Version}";

    public long Rows => UnicodeData.CodePoints;

    public string CreateTable =>
        """
        CREATE TABLE characters (
            code_point INTEGER PRIMARY KEY,
            category TEXT NOT NULL,
            numeric_value REAL,
            upper INTEGER NOT NULL,
            lower INTEGER NOT NULL,
            decomposition TEXT)
        """;

    public string Insert =>
        """
        INSERT INTO characters (code_point, category, numeric_value, upper, lower, decomposition)
        VALUES (@CodePoint, @Category, @NumericValue, @Upper, @Lower, @Decomposition)
        """;

    public IReadOnlyList<string> WorkerArguments => [];

    public IEnumerable<object> Read() => rows;

    public RowCheck Check(DbConnection connection, CancellationToken cancellationToken) => CheckRows(connection, cancellationToken);

    /// <summary>Reads the table of the database beside that of .NET.</summary>
    public static RowCheck CheckRows(DbConnection connection, CancellationToken cancellationToken)
    {
        var seen = new RowChecksum();
        var count = 0L;
        const string Select =
            """
            SELECT code_point AS CodePoint, category AS Category, numeric_value AS NumericValue, upper AS Upper, lower AS Lower,
                decomposition AS Decomposition
            FROM characters ORDER BY code_point
            """;
        foreach (var row in connection.Query<UnicodeRow>(Select, buffered: false))
        {
            row.AddTo(seen);
            count++;
            cancellationToken.ThrowIfCancellationRequested();
        }

        var expected = new RowChecksum();
        foreach (var row in UnicodeData.Read())
            row.AddTo(expected);
        return new RowCheck(count, seen.ToString(), UnicodeData.CodePoints, expected.ToString());
    }
}
