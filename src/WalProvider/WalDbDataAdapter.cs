using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using SQLitePCL;

namespace WalProvider;

/// <summary>Fills a DataTable or a DataSet from queries, and writes what was changed in it back.</summary>
/// <remarks>
/// <para>A column that the DataTable has already is filled in that column's type. A new one gets the type that its
/// declaration asks for (DECIMAL, DATETIME, BOOLEAN, GUID and so on) where each value goes through it unchanged, and
/// otherwise one that holds all the values as they are stored.</para>
/// <para>Update writes row by row. In a transaction, or with Write Batch Size set, that is one commit for many rows.</para>
/// </remarks>
/// <seealso href="https://learn.microsoft.com/dotnet/framework/data/adonet/populating-a-dataset-from-a-dataadapter"/>
public sealed class WalDbDataAdapter : DbDataAdapter
{
    /// <summary>Creates an adapter without commands.</summary>
    public WalDbDataAdapter()
    {
    }

    /// <summary>Creates an adapter.</summary>
    /// <param name="selectCommand">The query that it fills from.</param>
    public WalDbDataAdapter(WalDbCommand? selectCommand) => SelectCommand = selectCommand;

    /// <summary>Creates an adapter.</summary>
    /// <param name="selectCommandText">The query that it fills from.</param>
    /// <param name="selectConnection">Its connection; opened for each use and closed again where it is closed.</param>
    public WalDbDataAdapter(string selectCommandText, WalDbConnection selectConnection)
        : this(new WalDbCommand(selectCommandText, selectConnection))
    {
    }

    /// <summary>Creates an adapter with a connection of its own.</summary>
    /// <param name="selectCommandText">The query that it fills from.</param>
    /// <param name="selectConnectionString">The connection string.</param>
    /// <exception cref="ArgumentException">A keyword is unknown, or a value is not allowed.</exception>
    public WalDbDataAdapter(string selectCommandText, string selectConnectionString)
        : this(selectCommandText, new WalDbConnection(selectConnectionString))
    {
    }

    /// <summary>Raised before a row is written.</summary>
    public event EventHandler<WalDbRowUpdatingEventArgs>? RowUpdating;

    /// <summary>Raised after a row was written, or could not be: Status then says what comes of it.</summary>
    public event EventHandler<WalDbRowUpdatedEventArgs>? RowUpdated;

    /// <summary>The query that it fills from.</summary>
    public new WalDbCommand? SelectCommand
    {
        get => (WalDbCommand?)base.SelectCommand;
        set => base.SelectCommand = value;
    }

    /// <summary>What writes rows that were added. A <see cref="WalDbCommandBuilder"/> makes it where it is null.</summary>
    public new WalDbCommand? InsertCommand
    {
        get => (WalDbCommand?)base.InsertCommand;
        set => base.InsertCommand = value;
    }

    /// <summary>What writes rows that were modified. A <see cref="WalDbCommandBuilder"/> makes it where it is null.</summary>
    public new WalDbCommand? UpdateCommand
    {
        get => (WalDbCommand?)base.UpdateCommand;
        set => base.UpdateCommand = value;
    }

    /// <summary>What writes rows that were deleted. A <see cref="WalDbCommandBuilder"/> makes it where it is null.</summary>
    public new WalDbCommand? DeleteCommand
    {
        get => (WalDbCommand?)base.DeleteCommand;
        set => base.DeleteCommand = value;
    }

    /// <summary>Always 1: the engine is in the process, and there are no round trips to save.</summary>
    /// <exception cref="NotSupportedException">Another value was set.</exception>
    public override int UpdateBatchSize
    {
        get => 1;
        set
        {
            if (value != 1)
            {
                throw new NotSupportedException(
                    $"UpdateBatchSize is always 1, not {value}: rows are written one by one. To make them one commit, call Update in "
                    + "a transaction, or set Write Batch Size in the connection string.");
            }
        }
    }

    /// <inheritdoc/>
    protected override int Fill(DataTable dataTable, IDataReader dataReader)
        => base.Fill(dataTable, Typed(dataReader, _ => dataTable, int.MaxValue));

    /// <inheritdoc/>
    protected override int Fill(DataTable[] dataTables, IDataReader dataReader, int startRecord, int maxRecords)
        => base.Fill(
            dataTables,
            Typed(dataReader, result => dataTables.ElementAtOrDefault(result), Limit(startRecord, maxRecords)),
            startRecord,
            maxRecords);

    /// <inheritdoc/>
    protected override int Fill(DataSet dataSet, string srcTable, IDataReader dataReader, int startRecord, int maxRecords)
        => base.Fill(
            dataSet,
            srcTable,
            Typed(dataReader, result => TableOf(dataSet, srcTable, result), Limit(startRecord, maxRecords)),
            startRecord,
            maxRecords);

    /// <inheritdoc/>
    [RequiresUnreferencedCode("IDataReader's (built from adapter commands) schema table types cannot be statically analyzed.")]
    protected override DataTable? FillSchema(DataTable dataTable, SchemaType schemaType, IDataReader dataReader)
        => base.FillSchema(dataTable, schemaType, Typed(dataReader, _ => dataTable, int.MaxValue));

    /// <inheritdoc/>
    [RequiresUnreferencedCode("dataReader's schema table types cannot be statically analyzed.")]
    protected override DataTable[] FillSchema(DataSet dataSet, SchemaType schemaType, string srcTable, IDataReader dataReader)
        => base.FillSchema(dataSet, schemaType, srcTable, Typed(dataReader, result => TableOf(dataSet, srcTable, result), int.MaxValue));

    /// <inheritdoc/>
    protected override RowUpdatingEventArgs CreateRowUpdatingEvent(
        DataRow dataRow, IDbCommand? command, StatementType statementType, DataTableMapping tableMapping)
        => new WalDbRowUpdatingEventArgs(dataRow, command, statementType, tableMapping);

    /// <inheritdoc/>
    protected override RowUpdatedEventArgs CreateRowUpdatedEvent(
        DataRow dataRow, IDbCommand? command, StatementType statementType, DataTableMapping tableMapping)
        => new WalDbRowUpdatedEventArgs(dataRow, command, statementType, tableMapping);

    /// <inheritdoc/>
    protected override void OnRowUpdating(RowUpdatingEventArgs value)
        => RowUpdating?.Invoke(this, (WalDbRowUpdatingEventArgs)value);

    /// <inheritdoc/>
    protected override void OnRowUpdated(RowUpdatedEventArgs value)
        => RowUpdated?.Invoke(this, (WalDbRowUpdatedEventArgs)value);

    private static int Limit(int startRecord, int maxRecords)
        => maxRecords == 0 ? int.MaxValue : (int)Math.Min(int.MaxValue, (long)startRecord + maxRecords);

    private FillReader Typed(IDataReader dataReader, Func<int, DataTable?> table, int limit)
    {
        var reader = (WalDbDataReader)dataReader;
        return new FillReader(
            reader,
            ordinal => raw.sqlite3_column_decltype(reader.Handle, ordinal).utf8_to_string(),
            (result, column) => table(result) is { } target ? ColumnOf(target, column)?.DataType : null,
            schema => EngineColumns.Mark(schema, reader.Owner),
            limit);
    }

    private DataTable? TableOf(DataSet dataSet, string sourceTable, int result)
    {
        var name = result == 0 ? sourceTable : $"{sourceTable}{result}";
        var place = TableMappings.IndexOf(name);
        return dataSet.Tables[place < 0 ? name : TableMappings[place].DataSetTable];
    }

    private DataColumn? ColumnOf(DataTable table, string column)
    {
        var place = TableMappings.IndexOfDataSetTable(table.TableName);
        var columns = place < 0 ? null : TableMappings[place].ColumnMappings;
        var mapped = columns?.IndexOf(column) ?? -1;
        return table.Columns[mapped < 0 ? column : columns![mapped].DataSetColumn];
    }
}
