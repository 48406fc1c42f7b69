namespace WalProvider.Worker;

/// <summary>What holds the three rows of a unit together.</summary>
public enum LedgerWay
{
    /// <summary>A unit of the write batch.</summary>
    BatchUnits,

    /// <summary>A transaction of its own.</summary>
    Transactions,

    /// <summary>A unit of the write queue.</summary>
    Queue,

    /// <summary>Nothing: for the proof that a torn unit is found.</summary>
    Nothing,
}
