namespace WalProvider;

/// <summary>Makes the exceptions of a session pool.</summary>
internal static class PoolErrors
{
    /// <summary>The error of one whose data source is gone.</summary>
    internal static ObjectDisposedException Disposed()
        => new("WalDbDataSource", "The data source that this connection came from is disposed.");
}
