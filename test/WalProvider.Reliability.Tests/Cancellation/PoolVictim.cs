using Shouldly;

namespace WalProvider.Tests;

/// <summary>Somebody who is stopped while he waits for a session, or just when he gets one.</summary>
internal sealed class PoolVictim(StormDatabase database)
{
    private const int MostMicrosecondsHeld = 250;

    public async Task Run(StopWay way)
    {
        var holder = database.Open();
        var connection = database.Create(way);
        using var token = new CancellationTokenSource();

        // Opening is under way before it is stopped: one that was disposed may be opened again.
        var opening = connection.OpenAsync(token.Token);
        var release = RandomMoment.Start(holder.Dispose, MostMicrosecondsHeld);
        var moment = RandomMoment.Start(way switch
        {
            StopWay.Token or StopWay.Cancel => token.Cancel,
            StopWay.Disposal => connection.Dispose,
            _ => null,
        });
        if (await database.Ledger.Attempt(() => opening) && way is not StopWay.Disposal)
        {
            connection.Ask("SELECT 42").ShouldBe(42L);
            await connection.DisposeAsync();
        }

        // Nothing more is done to one that was disposed: what it still gets it must give back by itself.
        await Task.WhenAll(moment, release);
    }
}
