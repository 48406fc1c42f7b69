namespace WalProvider;

/// <summary>What <c>BeginTransaction()</c> begins; the keyword <c>Transaction Mode</c>.</summary>
/// <seealso href="https://www.sqlite.org/lang_transaction.html"/>
public enum WalTransactionMode
{
    /// <summary>
    /// No lock until the first statement needs one. A transaction that has read cannot become a writer once another
    /// connection has committed, and no waiting mends that.
    /// </summary>
    Deferred,

    /// <summary>The write lock is taken at the beginning, so that later writes cannot fail for want of it. The default.</summary>
    Immediate,

    /// <summary>As <see cref="Immediate"/>; outside WAL mode it keeps readers out as well.</summary>
    Exclusive,
}
