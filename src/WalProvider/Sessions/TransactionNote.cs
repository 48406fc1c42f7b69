using SQLitePCL;

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

    /// <summary>Notes what an executed statement did to the transaction and its savepoints, if that is what it is for.</summary>
    internal void Follow(CompiledStatement statement, EngineConnection engine)
    {
        if (statement.Kind <= StatementKind.Explain)
        {
            return;
        }

        var isOpen = engine.InTransaction;
        WasCommittedByText = statement.Kind is StatementKind.Commit or StatementKind.EndSavepoint && !isOpen;
        // NB: a BEGIN that succeeds shows that the engine had ended the one before.
        IsSnapshot &= isOpen && statement.Kind is not (StatementKind.Begin or StatementKind.BeginWrite);
        if (statement.Kind is StatementKind.Savepoint or StatementKind.EndSavepoint)
        {
            engine.Changes?.Follow(raw.sqlite3_sql(statement.Handle).utf8_to_string());
        }
    }

    /// <summary>Forgets everything: the session has no transaction and gets another user.</summary>
    internal void Forget() => WasCommittedByText = IsShared = IsSnapshot = false;
}
