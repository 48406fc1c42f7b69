using System.Diagnostics;

namespace WalProvider.Benchmarks;

/// <summary>How long a statement goes on after it was cancelled from another thread.</summary>
internal static class CancelDelay
{
    private static readonly TimeSpan Head = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs a long statement again and again, cancels it, and gives the milliseconds until the call was back.</summary>
    /// <param name="connection">The connection to run it on.</param>
    /// <param name="sql">A statement that runs for longer than the head start that it is given.</param>
    /// <param name="rounds">How often.</param>
    /// <param name="byToken">Whether a token is cancelled, or the command.</param>
    public static Spread Measure(WalDbConnection connection, string sql, int rounds, bool byToken)
        => Spread.Of(Enumerable.Range(0, rounds).Select(_ => MeasureOnce(connection, sql, byToken)).ToArray());

    private static double MeasureOnce(WalDbConnection connection, string sql, bool byToken)
    {
        using var command = new WalDbCommand(sql, connection);
        using var source = new CancellationTokenSource();
        var began = 0L;
        var canceller = new Thread(() =>
        {
            Thread.Sleep(Head);
            began = Stopwatch.GetTimestamp();
            if (byToken)
            {
                source.Cancel();
            }
            else
            {
                command.Cancel();
            }
        });
        canceller.Start();
        try
        {
            command.ExecuteNonQueryAsync(source.Token).GetAwaiter().GetResult();
            throw new InvalidOperationException($"It was done before it could be cancelled: {sql}");
        }
        catch (OperationCanceledException)
        {
            var returned = Stopwatch.GetTimestamp();
            canceller.Join();
            return Stopwatch.GetElapsedTime(began, returned).TotalMilliseconds;
        }
    }
}
