using System.Data;

namespace WalProvider.Ecosystem.Tests;

/// <summary>
/// Brings a database up to date as the script runners of .NET do: each script once, in order, kept in a journal table, with nothing but
/// the interfaces of System.Data.
/// </summary>
internal sealed class ScriptRunner(Func<IDbConnection> connect, ScriptTransactions transactions)
{
    public const string Journal = "SchemaVersions";

    /// <summary>Runs the scripts that the journal has not.</summary>
    /// <returns>The names of those that ran.</returns>
    public IReadOnlyList<string> Run(IEnumerable<(string Name, string Sql)> scripts)
    {
        using var connection = connect();
        connection.Open();
        EnsureJournal(connection);
        var done = Done(connection);
        var all = transactions == ScriptTransactions.OneForAll ? connection.BeginTransaction() : null;
        var ran = new List<string>();
        try
        {
            foreach (var (name, sql) in scripts.Where(script => !done.Contains(script.Name)))
            {
                RunOne(connection, all, name, sql);
                ran.Add(name);
            }

            all?.Commit();
            return ran;
        }
        finally
        {
            all?.Dispose();
        }
    }

    private void RunOne(IDbConnection connection, IDbTransaction? all, string name, string sql)
    {
        using var own = transactions == ScriptTransactions.OneEach ? connection.BeginTransaction(IsolationLevel.Serializable) : null;
        Execute(connection, all ?? own, sql);
        Execute(connection, all ?? own, $"INSERT INTO {Journal}(ScriptName, Applied) VALUES (@name, @applied)", ("@name", name), ("@applied", DateTime.UnixEpoch));
        own?.Commit();
    }

    private static void EnsureJournal(IDbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '{Journal}'";
        if (Convert.ToInt32(command.ExecuteScalar()) == 0)
        {
            Execute(connection, null, $"""
                CREATE TABLE {Journal} (
                    SchemaVersionID INTEGER CONSTRAINT 'PK_{Journal}' PRIMARY KEY AUTOINCREMENT NOT NULL,
                    ScriptName TEXT NOT NULL,
                    Applied DATETIME NOT NULL
                )
                """);
        }
    }

    private static HashSet<string> Done(IDbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT [ScriptName] FROM [{Journal}] ORDER BY [ScriptName]";
        command.CommandType = CommandType.Text;
        using var reader = command.ExecuteReader();
        var names = new HashSet<string>();
        while (reader.Read())
            names.Add((string)reader[0]);
        return names;
    }

    private static void Execute(IDbConnection connection, IDbTransaction? transaction, string sql, params (string Name, object Value)[] parameters)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        command.ExecuteNonQuery();
    }
}
