using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace WalProvider;

/// <summary>Makes the INSERT, UPDATE and DELETE of a <see cref="WalDbDataAdapter"/> from its SELECT on one table.</summary>
/// <remarks>
/// <para>The SELECT must hold the table's primary key, or a column that is unique; of a table without one take its rowid:
/// <c>SELECT rowid, * FROM t</c>.</para>
/// <para>By <see cref="DbCommandBuilder.ConflictOption"/> an UPDATE or DELETE looks for the row with all its original values
/// (the default), or with its key alone. A row that somebody else changed is a <see cref="DBConcurrencyException"/>.</para>
/// <para>An INSERT brings the new row's id back into the DataRow, and its generated columns. A key of an AUTOINCREMENT
/// column is always SQLite's; another INTEGER PRIMARY KEY is SQLite's where the DataRow holds NULL, or a number that the
/// DataColumn has made up (AutoIncrement).</para>
/// </remarks>
/// <seealso href="https://learn.microsoft.com/dotnet/framework/data/adonet/generating-commands-with-commandbuilders"/>
public sealed class WalDbCommandBuilder : DbCommandBuilder
{
    private readonly HashSet<DbCommand> _made = [];
    private DataTable? _schema;

    /// <summary>Creates a builder without an adapter.</summary>
    public WalDbCommandBuilder()
    {
        base.QuotePrefix = "\"";
        base.QuoteSuffix = "\"";
    }

    /// <summary>Creates a builder.</summary>
    /// <param name="adapter">The adapter whose missing commands it makes.</param>
    public WalDbCommandBuilder(WalDbDataAdapter? adapter)
        : this()
        => DataAdapter = adapter;

    /// <summary>The adapter whose missing commands it makes.</summary>
    public new WalDbDataAdapter? DataAdapter
    {
        get => (WalDbDataAdapter?)base.DataAdapter;
        set => base.DataAdapter = value;
    }

    /// <summary>Always a double quote.</summary>
    /// <exception cref="ArgumentException">Another one was set.</exception>
    [AllowNull]
    public override string QuotePrefix
    {
        get => base.QuotePrefix;
        set => RefuseOther(value);
    }

    /// <summary>Always a double quote.</summary>
    /// <exception cref="ArgumentException">Another one was set.</exception>
    [AllowNull]
    public override string QuoteSuffix
    {
        get => base.QuoteSuffix;
        set => RefuseOther(value);
    }

    /// <summary>Always a dot.</summary>
    /// <exception cref="ArgumentException">Another one was set.</exception>
    [AllowNull]
    public override string CatalogSeparator
    {
        get => ".";
        set => RefuseOther(value, ".");
    }

    /// <summary>Always a dot.</summary>
    /// <exception cref="ArgumentException">Another one was set.</exception>
    [AllowNull]
    public override string SchemaSeparator
    {
        get => ".";
        set => RefuseOther(value, ".");
    }

    /// <summary>Always <see cref="CatalogLocation.Start"/>.</summary>
    /// <exception cref="ArgumentException">Another one was set.</exception>
    public override CatalogLocation CatalogLocation
    {
        get => CatalogLocation.Start;
        set
        {
            if (value != CatalogLocation.Start)
            {
                throw new ArgumentException($"CatalogLocation is always Start, not {value}: SQLite writes the database first, as in main.t.");
            }
        }
    }

    /// <summary>Not supported: it is for stored procedures, which SQLite does not have.</summary>
    /// <param name="command">The command.</param>
    /// <exception cref="NotSupportedException">Always.</exception>
    public static void DeriveParameters(WalDbCommand command)
        => throw new NotSupportedException(
            "DeriveParameters asks for the parameters of a stored procedure, and SQLite has none. Add the parameters of the text by name.");

    /// <summary>A name as it stands in SQL: in double quotes, those inside it doubled.</summary>
    /// <param name="unquotedIdentifier">The name.</param>
    public override string QuoteIdentifier(string unquotedIdentifier)
    {
        ArgumentNullException.ThrowIfNull(unquotedIdentifier);
        return Identifier.Quote(unquotedIdentifier);
    }

    /// <summary>The name that a quoted one stands for; of one that is not quoted the same.</summary>
    /// <param name="quotedIdentifier">The name as it stands in SQL.</param>
    public override string UnquoteIdentifier(string quotedIdentifier)
    {
        ArgumentNullException.ThrowIfNull(quotedIdentifier);
        return quotedIdentifier is ['"', .. var inside, '"'] ? inside.Replace("\"\"", "\"", StringComparison.Ordinal) : quotedIdentifier;
    }

    /// <summary>The INSERT for the adapter's SELECT; it brings back what SQLite gives: the id, generated columns.</summary>
    /// <exception cref="InvalidOperationException">The SELECT is missing, or not on one table.</exception>
    public new WalDbCommand GetInsertCommand() => Refreshing((WalDbCommand)base.GetInsertCommand(), StatementType.Insert);

    /// <inheritdoc cref="GetInsertCommand()"/>
    /// <param name="useColumnsForParameterNames">Whether parameters are named after their columns, where those are words.</param>
    public new WalDbCommand GetInsertCommand(bool useColumnsForParameterNames)
        => Refreshing((WalDbCommand)base.GetInsertCommand(useColumnsForParameterNames), StatementType.Insert);

    /// <summary>The UPDATE for the adapter's SELECT.</summary>
    /// <exception cref="InvalidOperationException">The SELECT is missing, not on one table, or holds no key of it.</exception>
    public new WalDbCommand GetUpdateCommand() => Refreshing((WalDbCommand)base.GetUpdateCommand(), StatementType.Update);

    /// <inheritdoc cref="GetUpdateCommand()"/>
    /// <param name="useColumnsForParameterNames">Whether parameters are named after their columns, where those are words.</param>
    public new WalDbCommand GetUpdateCommand(bool useColumnsForParameterNames)
        => Refreshing((WalDbCommand)base.GetUpdateCommand(useColumnsForParameterNames), StatementType.Update);

    /// <summary>The DELETE for the adapter's SELECT.</summary>
    /// <exception cref="InvalidOperationException">The SELECT is missing, not on one table, or holds no key of it.</exception>
    public new WalDbCommand GetDeleteCommand() => (WalDbCommand)base.GetDeleteCommand();

    /// <inheritdoc cref="GetDeleteCommand()"/>
    /// <param name="useColumnsForParameterNames">Whether parameters are named after their columns, where those are words.</param>
    public new WalDbCommand GetDeleteCommand(bool useColumnsForParameterNames)
        => (WalDbCommand)base.GetDeleteCommand(useColumnsForParameterNames);

    /// <summary>Forgets the commands, to be made anew after the adapter's SELECT or the table was changed.</summary>
    public override void RefreshSchema()
    {
        base.RefreshSchema();
        _schema = null;
        _made.Clear();
    }

    /// <inheritdoc/>
    protected override DataTable? GetSchemaTable(DbCommand sourceCommand)
    {
        _schema = base.GetSchemaTable(sourceCommand);
        if (_schema is not null && sourceCommand.Connection is { } connection)
        {
            EngineColumns.Mark(_schema, connection);
            foreach (DataRow row in _schema.Rows)
            {
                // NB: the base class would write file, database and schema before the table, where SQLite has its database alone.
                row[SchemaTableColumn.BaseSchemaName] = row[SchemaTableOptionalColumn.BaseCatalogName];
                row[SchemaTableOptionalColumn.BaseServerName] = row[SchemaTableOptionalColumn.BaseCatalogName] = DBNull.Value;
            }
        }

        return _schema;
    }

    /// <inheritdoc/>
    protected override DbCommand InitializeCommand(DbCommand? command)
    {
        var initialized = base.InitializeCommand(command);
        _made.Add(initialized);
        return initialized;
    }

    /// <inheritdoc/>
    protected override void ApplyParameterInfo(DbParameter parameter, DataRow row, StatementType statementType, bool whereClause)
    {
        // NB: the base class sets a Size of 0, by which the wrapped provider would cut texts and blobs off.
        parameter.Size = -1;
    }

    /// <inheritdoc/>
    protected override string GetParameterName(int parameterOrdinal)
        => string.Create(CultureInfo.InvariantCulture, $"@p{parameterOrdinal}");

    /// <inheritdoc/>
    protected override string GetParameterName(string parameterName) => "@" + parameterName;

    /// <inheritdoc/>
    protected override string GetParameterPlaceholder(int parameterOrdinal) => GetParameterName(parameterOrdinal);

    /// <inheritdoc/>
    protected override void SetRowUpdatingHandler(DbDataAdapter adapter)
    {
        var ours = (WalDbDataAdapter)adapter;
        if (ReferenceEquals(ours, base.DataAdapter))
        {
            ours.RowUpdating -= OnRowUpdating;
        }
        else
        {
            ours.RowUpdating += OnRowUpdating;
        }
    }

    private void OnRowUpdating(object? sender, WalDbRowUpdatingEventArgs arguments)
    {
        RowUpdatingHandler(arguments);
        if (arguments.Command is { } command && _made.Contains(command))
        {
            Refreshing(command, arguments.StatementType);
            if (arguments.StatementType == StatementType.Insert)
            {
                LeaveIdToEngine(command, arguments);
            }
        }
    }

    // A number that the DataTable has made up may be taken by now.
    private void LeaveIdToEngine(WalDbCommand command, WalDbRowUpdatingEventArgs arguments)
    {
        var rowIds = _schema!.Rows.Cast<DataRow>().Where(row => row[EngineColumns.IsRowId] is true)
            .Select(row => (string)row[SchemaTableColumn.ColumnName]).ToHashSet();
        foreach (DbParameter parameter in command.Parameters)
        {
            if (rowIds.Contains(parameter.SourceColumn)
                && arguments.TableMapping.GetDataColumn(
                    parameter.SourceColumn, typeof(long), arguments.Row.Table, MissingMappingAction.Passthrough, MissingSchemaAction.Ignore)
                    is { AutoIncrement: true })
            {
                parameter.Value = DBNull.Value;
            }
        }
    }

    private WalDbCommand Refreshing(WalDbCommand command, StatementType type)
    {
        var clause = _schema is null || type is not (StatementType.Insert or StatementType.Update)
            ? ""
            : RefreshedColumns.Clause(_schema, type == StatementType.Insert);
        if (clause.Length > 0 && !command.CommandText.EndsWith(clause, StringComparison.Ordinal))
        {
            command.CommandText += clause;
            command.UpdatedRowSource = UpdateRowSource.FirstReturnedRecord;
        }

        return command;
    }

    private static void RefuseOther(string? value, string only = "\"")
    {
        if (value != only)
        {
            throw new ArgumentException($"This is always {only} in SQLite's SQL, not '{value}'.");
        }
    }
}
