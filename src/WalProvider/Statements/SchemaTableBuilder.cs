using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>Describes the columns of a result in the form that ADO.NET's GetSchemaTable has.</summary>
internal static class SchemaTableBuilder
{
    private const string IsUniqueSql =
        """
        SELECT count(*) FROM pragma_index_list(?1) AS i, pragma_index_info(i.name) AS c
        WHERE i."unique" = 1 AND c.name = ?2
          AND NOT EXISTS (SELECT 1 FROM pragma_index_info(i.name) AS other WHERE other.name <> c.name)
        """;

    private const string IsTableSql = "SELECT count(*) FROM sqlite_master WHERE name = ?1 AND type IN ('table', 'view')";

    /// <summary>Describes the result of a statement that has been stepped.</summary>
    /// <param name="columns">The columns of the statement's result.</param>
    /// <param name="db">The connection's handle, for what the statement does not know.</param>
    /// <param name="dataSource">The file's name, given as the server's.</param>
    internal static DataTable Build(ResultColumns columns, sqlite3 db, string dataSource)
    {
        var table = CreateTable();
        var statement = columns.Statement;
        var names = statement.ColumnNames();
        for (var ordinal = 0; ordinal < names.Length; ordinal++)
        {
            var row = table.NewRow();
            var origin = Origin(statement.Handle, ordinal);
            row[SchemaTableColumn.ColumnName] = names[ordinal];
            row[SchemaTableColumn.ColumnOrdinal] = ordinal;
            row[SchemaTableColumn.ColumnSize] = -1;
            row[SchemaTableOptionalColumn.BaseServerName] = dataSource;
            row[SchemaTableOptionalColumn.BaseCatalogName] = origin.Database;
            row[SchemaTableColumn.BaseTableName] = origin.Table;
            row[SchemaTableColumn.BaseColumnName] = origin.Column;
            row[SchemaTableColumn.DataType] = columns.GetFieldType(ordinal);
            row["DataTypeName"] = columns.GetDataTypeName(ordinal);
            row[SchemaTableColumn.IsAliased] = origin.Column != names[ordinal];
            row[SchemaTableColumn.IsExpression] = origin.Column is null;
            if (origin is { Table: { } baseTable, Column: { } baseColumn })
            {
                Describe(db, row, origin.Database, baseTable, baseColumn);
            }

            table.Rows.Add(row);
        }

        return table;
    }

    // NB: a column of type Type would root all of it for the trimmer, and nothing here reflects over it.
    [UnconditionalSuppressMessage("Trimming", "IL2111", Justification = "DataColumn only stores values of this type.")]
    private static DataTable CreateTable() => new("SchemaTable")
    {
        Columns =
        {
            { SchemaTableColumn.ColumnName, typeof(string) },
            { SchemaTableColumn.ColumnOrdinal, typeof(int) },
            { SchemaTableColumn.ColumnSize, typeof(int) },
            { SchemaTableColumn.NumericPrecision, typeof(short) },
            { SchemaTableColumn.NumericScale, typeof(short) },
            { SchemaTableColumn.IsUnique, typeof(bool) },
            { SchemaTableColumn.IsKey, typeof(bool) },
            { SchemaTableOptionalColumn.BaseServerName, typeof(string) },
            { SchemaTableOptionalColumn.BaseCatalogName, typeof(string) },
            { SchemaTableColumn.BaseColumnName, typeof(string) },
            { SchemaTableColumn.BaseSchemaName, typeof(string) },
            { SchemaTableColumn.BaseTableName, typeof(string) },
            { SchemaTableColumn.DataType, typeof(Type) },
            { "DataTypeName", typeof(string) },
            { SchemaTableColumn.AllowDBNull, typeof(bool) },
            { SchemaTableColumn.IsAliased, typeof(bool) },
            { SchemaTableColumn.IsExpression, typeof(bool) },
            { SchemaTableOptionalColumn.IsAutoIncrement, typeof(bool) },
            { SchemaTableColumn.IsLong, typeof(bool) },
        },
    };

    private static (string? Database, string? Table, string? Column) Origin(sqlite3_stmt statement, int ordinal)
        => (raw.sqlite3_column_database_name(statement, ordinal).utf8_to_string(),
            raw.sqlite3_column_table_name(statement, ordinal).utf8_to_string(),
            raw.sqlite3_column_origin_name(statement, ordinal).utf8_to_string());

    private static void Describe(sqlite3 db, DataRow row, string? database, string table, string column)
    {
        row[SchemaTableColumn.IsUnique] = EngineQuery.First(db, IsUniqueSql, table, column) is not (null or "0");
        row[SchemaTableColumn.DataType] = CommonestType(db, table, column) is { } type
            ? ColumnTypes.Clr(type)
            : ColumnTypes.Clr(ColumnTypes.Affinity((string)row["DataTypeName"]));
        if (database is null || EngineQuery.First(db, IsTableSql, table) is null or "0")
        {
            // NB: a table-valued function has no columns that the engine could describe.
            return;
        }

        SqliteException.ThrowExceptionForRC(
            raw.sqlite3_table_column_metadata(
                db, database, table, column, out _, out _, out var notNull, out var primaryKey, out var autoIncrement),
            db);
        row[SchemaTableColumn.IsKey] = primaryKey != 0;
        row[SchemaTableColumn.AllowDBNull] = notNull == 0;
        row[SchemaTableOptionalColumn.IsAutoIncrement] = autoIncrement != 0;
    }

    private static string? CommonestType(sqlite3 db, string table, string column)
    {
        var type = $"typeof({Identifier.Quote(column)})";
        return EngineQuery.First(
            db, $"SELECT {type} FROM {Identifier.Quote(table)} WHERE {type} <> 'null' GROUP BY {type} ORDER BY count(*) DESC LIMIT 1");
    }
}
