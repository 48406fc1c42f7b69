namespace WalProvider;

/// <summary>Opens sessions beside those that are lent out, for the library's own work on the database.</summary>
internal interface ISessionSource
{
    /// <summary>Opens a session that does not count as one of the pool; whoever asked disposes it.</summary>
    WalSession Open();
}
