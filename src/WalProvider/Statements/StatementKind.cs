namespace WalProvider;

/// <summary>What a statement is to the batch and the gate, told by its first words.</summary>
internal enum StatementKind
{
    /// <summary>SELECT, VALUES, INSERT, UPDATE, DELETE, REPLACE or WITH: kept compiled; the engine says if it writes.</summary>
    Dml,

    /// <summary>CREATE, DROP, ALTER, REINDEX, ANALYZE and whatever is not known: compiled each time.</summary>
    Ddl,

    /// <summary>EXPLAIN: reads only, whatever it explains.</summary>
    Explain,

    /// <summary>BEGIN or BEGIN DEFERRED.</summary>
    Begin,

    /// <summary>BEGIN IMMEDIATE or EXCLUSIVE: takes the write lock.</summary>
    BeginWrite,

    /// <summary>COMMIT or END.</summary>
    Commit,

    /// <summary>ROLLBACK of the whole transaction.</summary>
    Rollback,

    /// <summary>SAVEPOINT: begins a transaction where none is open.</summary>
    Savepoint,

    /// <summary>RELEASE, or ROLLBACK TO a savepoint.</summary>
    EndSavepoint,

    /// <summary>PRAGMA: some act when compiled, some are ignored inside a transaction.</summary>
    Pragma,

    /// <summary>ATTACH or DETACH: refused inside a transaction.</summary>
    Attach,

    /// <summary>VACUUM: refused inside a transaction.</summary>
    Vacuum,
}
