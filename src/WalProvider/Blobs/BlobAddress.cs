namespace WalProvider;

/// <summary>Where a value stands: what is needed to open it as a blob.</summary>
/// <param name="Database">main, temp, or the name that a database was attached by.</param>
/// <param name="Table">The table.</param>
/// <param name="Column">The column.</param>
/// <param name="RowId">The row's id.</param>
internal sealed record BlobAddress(string Database, string Table, string Column, long RowId)
{
    /// <summary>SQLite's name of the main database.</summary>
    internal const string MainDatabase = "main";

    /// <summary>Whether it stands in a temporary table, which nobody else can write.</summary>
    internal bool IsTemporary => Database.Equals("temp", StringComparison.OrdinalIgnoreCase);

    /// <summary>The table, quoted for SQL.</summary>
    internal string QuotedTable => $"{Identifier.Quote(Database)}.{Identifier.Quote(Table)}";

    /// <summary>The column, quoted for SQL.</summary>
    internal string QuotedColumn => Identifier.Quote(Column);

    /// <summary>For those who ask who reads or writes here.</summary>
    public override string ToString() => $"blob {Database}.{Table}.{Column}, row {RowId}";
}
