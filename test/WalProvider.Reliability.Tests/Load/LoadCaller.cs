using System.Globalization;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>One of many who write units of two rows, by the queue or by a connection from the pool for each unit.</summary>
internal sealed class LoadCaller(WalDbDataSource source, WriteQueue? queue, int number)
{
    public const string Schema = "CREATE TABLE load(caller INTEGER NOT NULL, unit INTEGER NOT NULL, half INTEGER NOT NULL, content TEXT NOT NULL)";

    private const int FailEvery = 1000;

    /// <summary>Writes a unit, and some after an attempt that fails half-way.</summary>
    public async Task Write(int unit)
    {
        if ((unit * 31 + number) % FailEvery == 0)
            await Should.ThrowAsync<TimeoutException>(() => Attempt(unit, fails: true));
        await Attempt(unit, fails: false);
    }

    /// <summary>Holds the table against what must be in it.</summary>
    public static void ShouldHaveWritten(TestDatabase database, int callers, int units)
    {
        var seen = new byte[callers * units];
        using var connection = database.Open();
        using var reader = connection.Read("SELECT caller, unit, half, content FROM load");
        while (reader.Read())
        {
            var (caller, unit, half) = (reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2));
            var content = reader.GetString(3);
            if (content != ContentOf(caller, unit, half))
                content.ShouldBe(ContentOf(caller, unit, half));
            (seen[caller * units + unit] & (1 << half)).ShouldBe(0, "doubled");
            seen[caller * units + unit] |= (byte)(1 << half);
        }

        seen.Count(halves => halves != 3).ShouldBe(0, "lost or half");
        connection.Ask("PRAGMA integrity_check").ShouldBe("ok");
    }

    private Task Attempt(int unit, bool fails)
        => queue is not null ? queue.WriteAsync(connection => Insert(connection, unit, fails)) : ByPool(unit, fails);

    private async Task ByPool(int unit, bool fails)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        Insert(connection, unit, fails);
        await transaction.CommitAsync();
    }

    private void Insert(WalDbConnection connection, int unit, bool fails)
    {
        InsertHalf(connection, unit, 0);
        if (fails)
            throw new TimeoutException("The unit is to fail half-way.");
        InsertHalf(connection, unit, 1);
    }

    private void InsertHalf(WalDbConnection connection, int unit, int half)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO load VALUES($caller, $unit, $half, $content)";
        command.Parameters.AddWithValue("$caller", number);
        command.Parameters.AddWithValue("$unit", unit);
        command.Parameters.AddWithValue("$half", half);
        command.Parameters.AddWithValue("$content", ContentOf(number, unit, half));
        command.ExecuteNonQuery();
    }

    private static string ContentOf(int caller, int unit, int half)
        => ((ulong)((caller * 1_000_003L + unit) * 2 + half) * 0x9E3779B97F4A7C15).ToString("x16", CultureInfo.InvariantCulture);
}
