using System.Globalization;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>Statements that are stopped while they run, or just when they are done: alone, in a transaction, with rows half read.</summary>
internal sealed class StatementVictim(StormDatabase database)
{
    private const int Rows = 600;
    private const int Writes = 3;

    public async Task Run(StopWay way, int kind)
    {
        await using var connection = database.Create(way);
        await connection.OpenAsync();
        await (kind switch
        {
            0 => Insert(connection, way),
            1 => InsertInTransaction(connection, way),
            _ => ReadHalf(connection, way),
        });
    }

    // Of a batch, the first write can be stopped, and the others go on to their end.
    private async Task Insert(WalDbConnection connection, StopWay way)
    {
        for (var write = 0; write < Writes; write++)
            await Write(connection, database.Ledger.Next(), way, way is StopWay.Disposal ? connection.Dispose : null);
        if (way is not StopWay.Disposal)
            connection.Ask("SELECT 42").ShouldBe(42L);
    }

    private async Task InsertInTransaction(WalDbConnection connection, StopWay way)
    {
        long[] ids = [database.Ledger.Next(), database.Ledger.Next()];
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            var isWhole = await Write(connection, ids[0], way) && await Write(connection, ids[1], way);
            if (isWhole && way is not StopWay.Disposal)
                await transaction.CommitAsync();
            else
                database.Ledger.TakeBack(ids);

            // What was stopped has taken the transaction with it, and says so until it is disposed.
            if (!isWhole)
                Should.Throw<InvalidOperationException>(() => connection.Ask("SELECT 42"));
        }

        connection.Ask("SELECT 42").ShouldBe(42L);
    }

    private async Task ReadHalf(WalDbConnection connection, StopWay way)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 3000) SELECT x FROM n";
        using var token = new CancellationTokenSource();
        var moment = Start(way, command, token, null);
        await database.Ledger.Attempt(async () =>
        {
            await using var reader = await command.ExecuteReaderAsync(token.Token);
            for (var row = 1L; row < 2000 && await reader.ReadAsync(token.Token); row++)
                reader.GetInt64(0).ShouldBe(row);
        });
        connection.Ask("SELECT 42").ShouldBe(42L);
        await moment;
    }

    private async Task<bool> Write(WalDbConnection connection, long id, StopWay way, Action? disposal = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = string.Create(
            CultureInfo.InvariantCulture,
            $"INSERT INTO storm WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT {Rows}) SELECT {id}, x FROM n");
        using var token = new CancellationTokenSource();
        var moment = Start(way, command, token, disposal);
        var isDone = await database.Ledger.Attempt(
            id, () => way is StopWay.Cancel ? Task.FromResult(command.ExecuteNonQuery()) : command.ExecuteNonQueryAsync(token.Token), Rows);
        await moment;
        return isDone;
    }

    private static Task Start(StopWay way, WalDbCommand command, CancellationTokenSource token, Action? disposal) => RandomMoment.Start(way switch
    {
        StopWay.Token => token.Cancel,
        StopWay.Cancel => command.Cancel,
        _ => disposal,
    });
}
