namespace WalProvider;

/// <summary>Who keeps the WAL of a file short.</summary>
internal interface IWalUpkeep
{
    /// <summary>From which length on it wants to be told of the WAL's growth at once.</summary>
    long NudgeAboveBytes { get; }

    /// <summary>Whether its user has asked for it, rather than having it by default.</summary>
    bool IsExplicit { get; }

    /// <summary>Tells it to look now; never waits.</summary>
    void Nudge();
}
