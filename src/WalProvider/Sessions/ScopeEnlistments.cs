using System.Collections.Concurrent;
using System.Transactions;

namespace WalProvider;

/// <summary>Which sessions of a pool take part in which transactions of System.Transactions.</summary>
/// <param name="giveBack">Takes back a session whose transaction is over and that no connection holds.</param>
internal sealed class ScopeEnlistments(Action<WalSession> giveBack)
{
    private readonly ConcurrentDictionary<Transaction, ScopeEnlistment> _byTransaction = new(concurrencyLevel: 1, capacity: 1);

    /// <summary>The part that a session has in a transaction; null for none yet.</summary>
    internal ScopeEnlistment? Find(Transaction transaction) => _byTransaction.GetValueOrDefault(transaction);

    /// <summary>Makes a session take part in a transaction; until that is over, connections opened in it get the same session.</summary>
    internal async ValueTask<ScopeEnlistment> Add(
        WalSession session, Transaction transaction, bool async, CancellationToken cancellationToken)
    {
        // NB: the scope's own object is disposed with the scope, a clone can still be looked up by then.
        var key = transaction.Clone();
        var enlistment = await ScopeEnlistment.Begin(session, key, OnEnded, async, cancellationToken).ConfigureAwait(false);
        _byTransaction[key] = enlistment;
        return enlistment;
    }

    private void OnEnded(ScopeEnlistment enlistment)
    {
        _byTransaction.TryRemove(enlistment.Transaction, out _);
        if (enlistment.IsOrphan)
        {
            giveBack(enlistment.Session);
        }
    }
}
