using System.Data;
using System.Diagnostics.CodeAnalysis;

namespace WalProvider;

/// <summary>One metadata collection of GetSchema: its columns, what it can be restricted by, and how it is read.</summary>
/// <param name="name">Its name.</param>
/// <param name="identifierParts">How many parts it takes to name one of its things.</param>
/// <param name="columns">The columns of its table.</param>
/// <param name="restrictions">What it can be restricted by, in order, each with the column that it stands for.</param>
/// <seealso href="https://learn.microsoft.com/dotnet/framework/data/adonet/common-schema-collections"/>
internal abstract class SchemaCollection(
    string name, int identifierParts, (string Name, Type Type)[] columns, (string Name, string Column)[] restrictions)
{
    internal string Name => name;

    internal int IdentifierParts => identifierParts;

    internal IReadOnlyList<(string Name, string Column)> Restrictions => restrictions;

    /// <summary>Whether it says the same of each database, so that it can be read while the connection is closed.</summary>
    internal virtual bool IsConstant => false;

    /// <summary>Reads it.</summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">SQLite's error.</exception>
    internal async ValueTask<DataTable> Read(SchemaSource source, SchemaFilter filter)
    {
        var table = CreateTable();
        if (filter.CanMatch)
        {
            await Fill(source, filter, table).ConfigureAwait(false);
        }

        table.AcceptChanges();
        return table;
    }

    /// <summary>Adds the rows that the filter lets through.</summary>
    protected abstract ValueTask Fill(SchemaSource source, SchemaFilter filter, DataTable table);

    [UnconditionalSuppressMessage("Trimming", "IL2077", Justification = "The types are those of plain values.")]
    private DataTable CreateTable()
    {
        var table = new DataTable(name) { Locale = System.Globalization.CultureInfo.InvariantCulture };
        foreach (var (column, type) in columns)
        {
            table.Columns.Add(new DataColumn { ColumnName = column, DataType = type });
        }

        return table;
    }
}
