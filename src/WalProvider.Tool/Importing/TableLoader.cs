using Microsoft.Data.Sqlite;

namespace WalProvider.Tool;

/// <summary>
/// Writes rows into a table, all or none. A new table is filled under another name in batches, so that other writers get
/// their turns and the WAL stays short, and gets its name last. Rows for a table that exists go in one transaction.
/// </summary>
internal sealed class TableLoader(ImportOptions options, ImportPlan plan)
{
    private const int RowsPerReport = 4096;

    private readonly string _target = SqlName.Quote(options.Table);
    private readonly string _staging = SqlName.Quote($"{options.Table} (import {Environment.ProcessId})");

    /// <summary>Loads the rows and returns how many there were.</summary>
    /// <exception cref="ToolException">The table exists and lacks a column of the file.</exception>
    public long Load(IEnumerable<object[]> rows, Action report, CancellationToken cancellationToken)
    {
        using var created = new NewDatabase(options.Database);
        using var connection = new WalDbConnection(ConnectionString());
        connection.Open();
        var existing = ColumnsOfTable(connection);
        var count = existing.Count > 0
            ? Append(connection, existing, rows, report, cancellationToken)
            : Create(connection, rows, report, cancellationToken);
        created.Keep();
        return count;
    }

    // A view that names the new table already would make the engine refuse the renaming.
    private string ConnectionString()
    {
        var builder = WalDbConnectionStringBuilder.ForPath(options.Database);
        builder.Pooling = false;
        builder.WriteBatchSize = options.BatchSize;
        builder.Pragmas = "legacy_alter_table=1";
        return builder.ConnectionString;
    }

    private HashSet<string> ColumnsOfTable(WalDbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM pragma_table_info($table)";
        command.Parameters.AddWithValue("$table", options.Table);
        using var reader = command.ExecuteReader();
        var columns = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (reader.Read())
            columns.Add(reader.GetString(0));
        return columns;
    }

    private long Append(
        WalDbConnection connection, HashSet<string> existing, IEnumerable<object[]> rows, Action report, CancellationToken cancellationToken)
    {
        if (plan.Columns.FirstOrDefault(column => !existing.Contains(column.Name)) is { } missing)
        {
            throw new ToolException(
                ExitCode.BadInput, $"The table {options.Table} exists and has no column \"{missing.Name}\"; --table names another table.");
        }

        using var transaction = connection.BeginTransaction();
        var count = Insert(connection, _target, rows, report, cancellationToken);
        transaction.Commit();
        return count;
    }

    private long Create(WalDbConnection connection, IEnumerable<object[]> rows, Action report, CancellationToken cancellationToken)
    {
        try
        {
            var columns = plan.Columns.Select(column => $"{SqlName.Quote(column.Name)} {column.Type.ToString().ToUpperInvariant()}");
            Execute(connection, $"CREATE TABLE {_staging} ({string.Join(", ", columns)})");
            var count = Insert(connection, _staging, rows, report, cancellationToken);
            Execute(connection, $"ALTER TABLE {_staging} RENAME TO {_target}");
            connection.CommitBatch();
            return count;
        }
        catch
        {
            connection.RollbackBatch();
            Execute(connection, $"DROP TABLE IF EXISTS {_staging}");
            connection.CommitBatch();
            throw;
        }
    }

    private long Insert(
        WalDbConnection connection, string table, IEnumerable<object[]> rows, Action report, CancellationToken cancellationToken)
    {
        using var command = connection.CreateCommand();
        var parameters = plan.Columns.Select((_, i) => command.Parameters.Add(new SqliteParameter { ParameterName = $"$p{i}" })).ToArray();
        command.CommandText =
            $"INSERT INTO {table} ({string.Join(", ", plan.Columns.Select(column => SqlName.Quote(column.Name)))}) " +
            $"VALUES ({string.Join(", ", parameters.Select(parameter => parameter.ParameterName))})";

        var count = 0L;
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
                parameters[i].Value = row[i];
            command.ExecuteNonQuery();
            if (++count % RowsPerReport == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                report();
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        return count;
    }

    private static void Execute(WalDbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
