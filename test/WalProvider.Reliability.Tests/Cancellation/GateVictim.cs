using System.Globalization;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>A write that is stopped while it waits at the gate, or just when it is let through.</summary>
internal sealed class GateVictim(StormDatabase database)
{
    private const int MostMicrosecondsHeld = 250;

    // Twice the time that the impatient are granted.
    private const int MostMicrosecondsOfTimeout = 2_000;

    public async Task Run(StopWay way)
    {
        await using var holder = database.Open();
        using var transaction = await holder.BeginTransactionAsync();
        await using var connection = database.Create(way);
        await connection.OpenAsync();
        var id = database.Ledger.Next();
        using var command = connection.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"INSERT INTO storm VALUES({id}, 0)");
        using var token = new CancellationTokenSource();

        var release = RandomMoment.Start(transaction.Dispose, way is StopWay.Timeout ? MostMicrosecondsOfTimeout : MostMicrosecondsHeld);
        var moment = RandomMoment.Start(way switch
        {
            StopWay.Token => token.Cancel,
            StopWay.Cancel => command.Cancel,
            StopWay.Disposal => connection.Dispose,
            _ => null,
        });
        await database.Ledger.Attempt(id, () => way is StopWay.Cancel ? Sync(command.ExecuteNonQuery) : command.ExecuteNonQueryAsync(token.Token));

        if (way is not StopWay.Disposal)
            connection.Ask("SELECT 42").ShouldBe(42L);
        await Task.WhenAll(moment, release);
    }

    private static Task Sync(Func<int> call) => Task.FromResult(call());
}
