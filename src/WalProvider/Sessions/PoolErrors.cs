namespace WalProvider;

/// <summary>Makes the exceptions of a session pool.</summary>
internal static class PoolErrors
{
    /// <summary>The error of one whose data source is gone.</summary>
    internal static ObjectDisposedException Disposed()
        => new("WalDbDataSource", "The data source that this connection came from is disposed.");

    /// <summary>The error of one whose time is up while all sessions of the pool are in use.</summary>
    internal static InvalidOperationException Exhausted(WalSettings settings)
        => new(
            $"No session became free within 'Connection Timeout' ({settings.ConnectionTimeout.TotalSeconds:0.###} s): all "
            + $"{settings.MaxPoolSize} of 'Max Pool Size' are in use for Data Source '{settings.DataSource}'. Dispose connections "
            + "sooner, or raise 'Max Pool Size'.");

    /// <summary>The error of one whose time is up while all sessions that the process may have are in use.</summary>
    internal static InvalidOperationException TooManyOpen(WalSettings settings)
        => new(
            $"No session became free within 'Connection Timeout' ({settings.ConnectionTimeout.TotalSeconds:0.###} s): all that "
            + $"'Max Open Sessions' ({settings.MaxOpenSessions}) allows to this process are in use, and Data Source "
            + $"'{settings.DataSource}' needs one more. Dispose connections sooner, or raise 'Max Open Sessions'.");
}
