using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>One execution of several commands together, in a transaction of their own where they need one.</summary>
internal sealed class BatchRun
{
    private readonly IReadOnlyList<SqlText> _commands;
    private readonly bool _ownsTransaction;

    internal BatchRun(IReadOnlyList<SqlText> commands, WalSession session)
    {
        _commands = commands;
        var kinds = commands.Select(command => SqlScanner.KindOf(command.Sql)).ToList();
        _ownsTransaction = commands.Count > 1
            && !session.Engine.InTransaction
            && !session.Batch.IsEnabled
            && kinds.TrueForAll(kind => kind is StatementKind.Dml or StatementKind.Ddl or StatementKind.Explain);
        Texts = _ownsTransaction ? [Own(MayWrite() ? "BEGIN IMMEDIATE" : "BEGIN DEFERRED"), .. commands, Own("COMMIT")] : commands;
    }

    /// <summary>What to execute.</summary>
    internal IReadOnlyList<SqlText> Texts { get; }

    /// <summary>Rolls the transaction of its own back, if it did not get to its end.</summary>
    internal void End(Execution execution)
    {
        // NB: before its BEGIN and after its COMMIT, a transaction that is open is not its own.
        if (_ownsTransaction && execution.TextIndex > 0 && execution.TextIndex < Texts.Count
            && !execution.IsLeftBehind && execution.Session.Engine.InTransaction)
        {
            execution.Session.RollbackTransaction();
        }
    }

    /// <summary>The same error, naming the command that failed.</summary>
    internal SqliteException Explain(SqliteException error, int textIndex)
    {
        var index = textIndex - (_ownsTransaction ? 1 : 0);
        return error.GetType() == typeof(SqliteException) && index >= 0 && index < _commands.Count
            ? new SqliteException(
                $"{error.Message} In command {index + 1} of {_commands.Count} of the batch: {_commands[index].Sql}",
                error.SqliteErrorCode,
                error.SqliteExtendedErrorCode)
            : error;
    }

    private static SqlText Own(string sql) => new(sql, null) { IsOwn = true };

    // NB: a transaction that began with a read and then writes can fail for good (517), so in doubt it begins with the lock.
    private bool MayWrite()
        => _commands.Any(command => !new SqlScanner(command.Sql).Next().Equals("SELECT", StringComparison.OrdinalIgnoreCase));
}
