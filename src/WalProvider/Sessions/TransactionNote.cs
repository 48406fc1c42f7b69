namespace WalProvider;

/// <summary>What is to be known of a session's transaction beside what the engine says; to be asked under the session's lock.</summary>
internal sealed class TransactionNote
{
    /// <summary>Whether the transaction that ended last was ended by a COMMIT that was executed as text.</summary>
    internal bool WasCommittedByText { get; private set; }

    /// <summary>Whether the open transaction holds others' work too, so that SQL must not end it.</summary>
    internal bool IsShared { get; set; }

    /// <summary>Whether the open transaction is a snapshot, in which nothing is written.</summary>
    internal bool IsSnapshot { get; set; }

    /// <summary>Notes that a statement was executed that begins or ends transactions or savepoints.</summary>
    internal void Follow(StatementKind kind, bool isOpen)
    {
        WasCommittedByText = kind is StatementKind.Commit or StatementKind.EndSavepoint && !isOpen;
        // NB: a BEGIN that succeeds shows that the engine had ended the one before.
        IsSnapshot &= isOpen && kind is not (StatementKind.Begin or StatementKind.BeginWrite);
    }

    /// <summary>Forgets everything: the session has no transaction and gets another user.</summary>
    internal void Forget() => WasCommittedByText = IsShared = IsSnapshot = false;
}
