namespace WalProvider;

/// <summary>One row that was changed.</summary>
/// <param name="Table">Where.</param>
/// <param name="Kind">How.</param>
/// <param name="RowId">Its rowid; nothing where the kind is many.</param>
internal readonly record struct RowChange(ChangedTable Table, ChangeKind Kind, long RowId);
