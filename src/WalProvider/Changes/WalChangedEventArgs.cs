namespace WalProvider;

/// <summary>One row that was changed by a transaction that has committed.</summary>
public sealed class WalChangedEventArgs : EventArgs
{
    internal WalChangedEventArgs(RowChange change)
    {
        Database = change.Table.Database;
        Table = change.Table.Name;
        Kind = change.Kind;
        RowId = change.Kind == ChangeKind.Many ? null : change.RowId;
    }

    /// <summary>The database: main, temp, or the name that it was attached by.</summary>
    public string Database { get; }

    /// <summary>The table, as the schema spells it.</summary>
    public string Table { get; }

    /// <summary>What was done.</summary>
    public ChangeKind Kind { get; }

    /// <summary>
    /// The row's rowid, which is its INTEGER PRIMARY KEY where it has one; of an update the new one. Null where
    /// <see cref="Kind"/> is <see cref="ChangeKind.Many"/>.
    /// </summary>
    public long? RowId { get; }
}
