using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>The texts of one execution of a batch of commands, in a transaction of their own where they need one.</summary>
internal sealed class BatchRun
{
    private readonly WalDbBatchCommandCollection _commands;
    private readonly bool _ownsTransaction;

    internal BatchRun(WalDbBatchCommandCollection commands, WalSession session)
    {
        _commands = commands;
        var texts = new List<SqlText>(commands.Count + 2);
        var kinds = new List<StatementKind>(commands.Count);
        foreach (WalDbBatchCommand command in commands)
        {
            command.SetRecordsAffected(-1);
            texts.Add(new SqlText(command.CommandText, command.ParametersIfAny));
            kinds.Add(SqlScanner.KindOf(command.CommandText));
        }

        _ownsTransaction = texts.Count > 1
            && !session.Engine.InTransaction
            && !session.Batch.IsEnabled
            && kinds.TrueForAll(kind => kind is StatementKind.Dml or StatementKind.Ddl or StatementKind.Explain);
        if (_ownsTransaction)
        {
            texts.Insert(0, new SqlText(MayWrite(commands) ? "BEGIN IMMEDIATE" : "BEGIN DEFERRED", null) { IsOwn = true });
            texts.Add(new SqlText("COMMIT", null) { IsOwn = true });
        }

        Texts = texts;
    }

    /// <summary>What to execute.</summary>
    internal IReadOnlyList<SqlText> Texts { get; }

    /// <summary>Tells each command what it has affected, and rolls the batch's own transaction back if it did not get to its end.</summary>
    internal void End(WalSession session)
    {
        for (var index = 0; index < _commands.Count; index++)
        {
            _commands[index].SetRecordsAffected(Texts[index + (_ownsTransaction ? 1 : 0)].RecordsAffected);
        }

        if (_ownsTransaction && session.Engine.InTransaction)
        {
            session.RollbackTransaction();
        }
    }

    /// <summary>The same error, naming the command that failed.</summary>
    internal SqliteException Explain(SqliteException error, int textIndex)
    {
        var index = textIndex - (_ownsTransaction ? 1 : 0);
        return error.GetType() == typeof(SqliteException) && index >= 0 && index < _commands.Count
            ? new SqliteException(
                $"{error.Message} In command {index + 1} of {_commands.Count} of the batch: {_commands[index].CommandText}",
                error.SqliteErrorCode,
                error.SqliteExtendedErrorCode)
            : error;
    }

    private static bool MayWrite(WalDbBatchCommandCollection commands)
        => commands.Any(command => !command.CommandText.AsSpan().TrimStart().StartsWith("SELECT", StringComparison.OrdinalIgnoreCase));
}
