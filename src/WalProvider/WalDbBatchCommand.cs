using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>One command of a <see cref="WalDbBatch"/>, with parameters of its own.</summary>
public sealed class WalDbBatchCommand : DbBatchCommand
{
    private CommandParameters? _parameters;
    private SqlText? _lastRun;

    /// <summary>Creates a command without text.</summary>
    public WalDbBatchCommand()
    {
    }

    /// <summary>Creates a command.</summary>
    /// <param name="commandText">The SQL.</param>
    public WalDbBatchCommand(string commandText) => CommandText = commandText;

    /// <summary>The SQL, one statement or several. Empty by default.</summary>
    [AllowNull]
    public override string CommandText
    {
        get;
        set => field = value ?? "";
    } = "";

    /// <summary>Always <see cref="CommandType.Text"/>: SQLite has no stored procedures.</summary>
    /// <exception cref="ArgumentException">Another value was set.</exception>
    public override CommandType CommandType
    {
        get => CommandType.Text;
        set
        {
            if (value != CommandType.Text)
            {
                throw new ArgumentException(WrappedMessages.CommandType(value));
            }
        }
    }

    /// <summary>Rows that this command inserted, updated or deleted in the last execution; -1 for a query, or where it was not reached.</summary>
    public override int RecordsAffected => _lastRun?.RecordsAffected ?? -1;

    /// <summary>The parameters.</summary>
    public new SqliteParameterCollection Parameters => _parameters ??= new CommandParameters();

    /// <summary>True.</summary>
    public override bool CanCreateParameter => true;

    /// <inheritdoc/>
    protected override DbParameterCollection DbParameterCollection => Parameters;

    /// <summary>Creates a parameter, not yet part of <see cref="Parameters"/>.</summary>
    public override DbParameter CreateParameter() => new SourceParameter();

    /// <summary>The command as it is now, for one execution, which will tell what it has affected.</summary>
    internal SqlText BeginRun() => _lastRun = new SqlText(CommandText, _parameters);
}
