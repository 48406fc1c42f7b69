namespace WalProvider;

/// <summary>Opens a session without blocking a thread while another process has the file locked.</summary>
internal static class SessionOpening
{
    /// <summary>Tries to open, and between two tries waits off the thread.</summary>
    /// <exception cref="SqliteBusyException">The file stayed locked for all of the time.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled between two tries.</exception>
    internal static async ValueTask<WalSession> Run(
        SessionFactory factory, int generation, TimeSpan waitLimit, CancellationToken cancellationToken)
    {
        var wait = new BusyWait();
        wait.Restart(waitLimit);
        while (true)
        {
            try
            {
                return factory.Open(generation, patience: TimeSpan.Zero);
            }
            catch (SqliteBusyException) when (!wait.IsSpent)
            {
                // Another process has it; it is asked again below.
            }

            await wait.Nap(async: true, cancellationToken).ConfigureAwait(false);
        }
    }
}
