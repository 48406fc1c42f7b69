namespace WalProvider;

/// <summary>A pool, as the bound over all pools sees it.</summary>
internal interface ISessionOwner
{
    /// <summary>What its sessions are opened with.</summary>
    WalSettings Settings { get; }

    /// <summary>Closes a session if it is still idle, and releases its place in the bound.</summary>
    void CloseIfIdle(WalSession session);
}
