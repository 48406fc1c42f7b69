namespace WalProvider.Tool;

/// <summary>Looks at a WAL again and again.</summary>
/// <param name="connection">A connection to its database.</param>
/// <param name="every">The time between two looks.</param>
/// <param name="count">How many looks; 0 goes on until it is cancelled.</param>
internal sealed class WalWatch(WalDbConnection connection, TimeSpan every, int count)
{
    /// <summary>Tells what happened between each two looks; being cancelled is how it ends.</summary>
    public async Task RunAsync(Action<WalChange> tell, CancellationToken cancellationToken)
    {
        var before = connection.GetWalStatus();
        try
        {
            for (var look = 0; count == 0 || look < count; look++)
            {
                await Task.Delay(every, cancellationToken);
                var after = connection.GetWalStatus();
                tell(WalChange.Between(before, after, DateTimeOffset.Now));
                before = after;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C is how one stops watching.
        }
    }
}
