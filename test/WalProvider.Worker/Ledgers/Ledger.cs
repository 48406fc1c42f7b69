using System.Globalization;

namespace WalProvider.Worker;

/// <summary>
/// A table whose right content is known: units of three rows each, numbered without a gap, every value a function of its
/// place. So any file can be held against it after any accident.
/// </summary>
internal static class Ledger
{
    public const int RowsOfUnit = 3;

    public const string Schema = """
        CREATE TABLE IF NOT EXISTS ledger(unit INTEGER NOT NULL, part INTEGER NOT NULL, content TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS ledger_content ON ledger(content);
        """;

    public const string Insert = "INSERT INTO ledger(unit, part, content) VALUES($unit, $part, $content)";

    public const string Units = "SELECT coalesce(max(unit) + 1, 0) FROM ledger";

    public const string Rows = "SELECT unit, part, content FROM ledger ORDER BY unit, part";

    /// <summary>What stands in a row; of lengths that fill pages unevenly, and in an order that scatters over the index.</summary>
    public static string Content(long unit, long part)
    {
        var seed = (ulong)(unit * RowsOfUnit + part) * 0x9E3779B97F4A7C15;
        return seed.ToString("x16", CultureInfo.InvariantCulture) + new string('x', (int)(seed >> 56));
    }

    /// <summary>The file in which the writer notes what it holds to be safe: a number of 8 bytes, appended again and again.</summary>
    public static string AcknowledgementsOf(string database) => database + ".ack";
}
