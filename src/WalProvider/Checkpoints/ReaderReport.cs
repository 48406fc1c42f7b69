using Microsoft.Extensions.Logging;

namespace WalProvider;

/// <summary>Reports readers that keep the WAL from being emptied: each once in the log, and with its age as a metric.</summary>
/// <param name="after">How old a reader must be.</param>
/// <param name="logger">The log.</param>
internal sealed class ReaderReport(TimeSpan after, ILogger logger)
{
    private (string Name, string? Sql, DateTimeOffset Since) _reported;

    /// <summary>Looks at the oldest reader.</summary>
    internal void Look(string dataSource, long walBytes, WalReader? reader)
    {
        if (reader is null || reader.Age < after)
        {
            return;
        }

        ProviderMetrics.ReaderPins(dataSource, reader);
        // The clock that dates a reader counts milliseconds, so the same one may seem to have begun a little later.
        var isKnown = _reported.Name == reader.ApplicationName
            && _reported.Sql == reader.Sql
            && (_reported.Since - reader.Since).Duration() < TimeSpan.FromSeconds(1);
        if (!isKnown)
        {
            _reported = (reader.ApplicationName, reader.Sql, reader.Since);
            ProviderLog.ReaderPinsWal(
                logger, dataSource, walBytes, reader.ApplicationName, reader.Age.TotalSeconds, reader.Sql ?? "(none)");
        }
    }
}
