using System.Data;
using System.Data.Common;

namespace WalProvider;

/// <summary>What <see cref="WalDbDataAdapter.RowUpdated"/> tells: a row was written, or could not be.</summary>
/// <param name="row">The row.</param>
/// <param name="command">The command that wrote it.</param>
/// <param name="statementType">Whether it was inserted, updated or deleted.</param>
/// <param name="tableMapping">How the columns of table and row correspond.</param>
public sealed class WalDbRowUpdatedEventArgs(
    DataRow row, IDbCommand? command, StatementType statementType, DataTableMapping tableMapping)
    : RowUpdatedEventArgs(row, command, statementType, tableMapping)
{
    /// <summary>The command that wrote the row.</summary>
    public new WalDbCommand? Command => (WalDbCommand?)base.Command;
}
