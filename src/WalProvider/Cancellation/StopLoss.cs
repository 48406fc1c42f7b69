namespace WalProvider;

/// <summary>What was undone beside a write that was stopped: SQLite rolls back the whole transaction around it.</summary>
/// <seealso href="https://www.sqlite.org/c3ref/interrupt.html"/>
internal enum StopLoss
{
    /// <summary>Nothing: it was not in a transaction, or it only read.</summary>
    Nothing,

    /// <summary>The transaction that was open.</summary>
    Transaction,

    /// <summary>The batch unit that was open, empty but for this write.</summary>
    Unit,
}
