using Microsoft.Data.Sqlite;
using WalProvider.Worker;

namespace WalProvider.Tests;

/// <summary>What a ledger was found to be after an accident.</summary>
/// <param name="Units">How many units are there, without a gap from the first.</param>
/// <param name="Damage">What is wrong with it: a torn unit, a gap, a wrong value, a damaged page; null where nothing is.</param>
internal sealed record LedgerState(long Units, string? Damage)
{
    // What is found is thrown away: to wait for the disk at each close would take most of the time.
    private const string Unsynced = "Synchronous=Off";

    /// <summary>Opens the file as a program does, which recovers it, and reads all that there is.</summary>
    /// <param name="database">The file.</param>
    public static LedgerState Read(string database)
    {
        try
        {
            using var connection = new WalDbConnection(
                new WalDbConnectionStringBuilder(Unsynced) { DataSource = database, Pooling = false }.ConnectionString);
            connection.Open();
            if (connection.Ask("SELECT count(*) FROM sqlite_master WHERE name = 'ledger'") is 0L)
                return new LedgerState(0, null);
            var integrity = (string)connection.Ask("PRAGMA integrity_check")!;
            return integrity == "ok" ? ReadRows(connection) : new LedgerState(0, integrity);
        }
        catch (SqliteException error)
        {
            return new LedgerState(0, error.Message);
        }
    }

    /// <summary>The last number that the writer noted as safe; 0 where there is none.</summary>
    public static long Acknowledged(string database)
    {
        var path = Ledger.AcknowledgementsOf(database);
        var bytes = File.Exists(path) ? File.ReadAllBytes(path) : [];

        // The last one may have been cut off with the process.
        var last = bytes.Length / sizeof(long) * sizeof(long) - sizeof(long);
        return last < 0 ? 0 : BitConverter.ToInt64(bytes, last);
    }

    private static LedgerState ReadRows(WalDbConnection connection)
    {
        using var reader = connection.Read(Ledger.Rows);
        long row = 0;
        for (; reader.Read(); row++)
        {
            var (unit, part) = Math.DivRem(row, Ledger.RowsOfUnit);
            if (reader.GetInt64(0) != unit || reader.GetInt64(1) != part)
                return new LedgerState(unit, $"row {row} is of unit {reader.GetInt64(0)}, part {reader.GetInt64(1)}");
            if (reader.GetString(2) != Ledger.Content(unit, part))
                return new LedgerState(unit, $"unit {unit}, part {part} holds something else");
        }

        return row % Ledger.RowsOfUnit == 0
            ? new LedgerState(row / Ledger.RowsOfUnit, null)
            : new LedgerState(row / Ledger.RowsOfUnit, $"unit {row / Ledger.RowsOfUnit} is torn");
    }
}
