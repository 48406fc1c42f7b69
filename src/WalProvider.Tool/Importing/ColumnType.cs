namespace WalProvider.Tool;

/// <summary>What a column is declared as.</summary>
internal enum ColumnType
{
    Integer,
    Real,
    Text,
}
