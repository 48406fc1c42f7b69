namespace WalProvider;

/// <summary>One who waits until there may be another session.</summary>
/// <param name="owner">The pool that he waits for.</param>
internal sealed class BudgetClaim(ISessionOwner owner)
{
    /// <summary>The pool.</summary>
    internal ISessionOwner Owner => owner;

    /// <summary>Where he is served.</summary>
    internal PoolWaiter Waiter { get; } = new();

    /// <summary>With how many sessions open there may be no more of his.</summary>
    internal int Limit => owner.Settings.MaxOpenSessions;
}
