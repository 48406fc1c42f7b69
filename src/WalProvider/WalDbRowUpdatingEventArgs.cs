using System.Data;
using System.Data.Common;

namespace WalProvider;

/// <summary>What <see cref="WalDbDataAdapter.RowUpdating"/> tells: a row is about to be written.</summary>
/// <param name="row">The row.</param>
/// <param name="command">The command that will write it; null where a command builder has still to make it.</param>
/// <param name="statementType">Whether it is inserted, updated or deleted.</param>
/// <param name="tableMapping">How the columns of table and row correspond.</param>
public sealed class WalDbRowUpdatingEventArgs(
    DataRow row, IDbCommand? command, StatementType statementType, DataTableMapping tableMapping)
    : RowUpdatingEventArgs(row, command, statementType, tableMapping)
{
    /// <summary>The command that will write the row; another one may be set.</summary>
    public new WalDbCommand? Command
    {
        get => (WalDbCommand?)base.Command;
        set => base.Command = value;
    }

    /// <inheritdoc/>
    protected override IDbCommand? BaseCommand
    {
        get => base.BaseCommand;
        set => base.BaseCommand = (WalDbCommand?)value;
    }
}
