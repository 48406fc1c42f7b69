using SQLitePCL;

namespace WalProvider;

/// <summary>
/// Another connection of this process held the write gate of the file for longer than Busy Timeout (or the command's
/// CommandTimeout) allows. The message names the holder.
/// </summary>
public sealed class WriteGateTimeoutException : SqliteBusyException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Who holds the gate, how long was waited, and what to do.</param>
    public WriteGateTimeoutException(string? message)
        : base(message, raw.SQLITE_BUSY, raw.SQLITE_BUSY)
    {
    }

    internal static WriteGateTimeoutException OfThisThread(string holder)
        => new(
            "SQLite Error 5: 'database is locked'. A connection that is executing a write on this very thread holds the write "
            + $"gate, so that no waiting could help: {holder}. Write through that connection, or after its statement has ended.")
        {
            IsOwn = true,
        };

    internal static WriteGateTimeoutException Create(TimeSpan limit, string? holder)
        => new(
            $"SQLite Error 5: 'database is locked'. Another connection of this process was writing for longer than the "
            + $"{limit.TotalMilliseconds:0} ms that this one may wait: {holder ?? "it has just finished"}. "
            + "Dispose its transaction sooner, or raise 'Busy Timeout' (milliseconds).");
}
