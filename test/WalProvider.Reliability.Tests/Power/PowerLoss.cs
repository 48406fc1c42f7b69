namespace WalProvider.Tests;

/// <summary>What becomes of writes that were not synced when the power goes.</summary>
internal enum PowerLoss
{
    /// <summary>All reach the disk, as after the crash of a process alone.</summary>
    KeepsAll,

    /// <summary>None does.</summary>
    KeepsSynced,

    /// <summary>Any of them do.</summary>
    KeepsSome,

    /// <summary>All do, but only some sectors of each.</summary>
    TearsSectors,
}
