namespace WalProvider.Tool;

/// <summary>A column that an import fills.</summary>
/// <param name="Name">Its name, unique in the table.</param>
/// <param name="Type">Its type.</param>
/// <param name="Nullable">Whether some of its values are NULL.</param>
internal sealed record ImportColumn(string Name, ColumnType Type, bool Nullable);
