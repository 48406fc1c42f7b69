using System.Data.Common;
using System.Transactions;
using WalProvider;

// Goes once through what the library does, so that whatever trimming takes away is missed here. Its last line reads "fine".
var folder = args[0];
var text = $"Data Source={Path.Combine(folder, "trimmed.db")};Write Batch Size=10";
Expect(new WalDbConnection(text).ServerVersion.StartsWith('3'), "the version of the closed connection");

DbProviderFactories.RegisterFactory("WalProvider", WalDbProviderFactory.Instance);
using (var connection = DbProviderFactories.GetFactory("WalProvider").CreateConnection()!)
{
    connection.ConnectionString = text;
    connection.Open();
    Execute(connection, "CREATE TABLE t(id INTEGER PRIMARY KEY, a, b, c, d)");
    for (var i = 0; i < 25; i++)
        Execute(connection, "INSERT INTO t(a, b, c, d) VALUES (@a, @b, @c, @d)", i, new DateOnly(2024, 2, 29), 12.5m, Guid.Empty);
    using var command = connection.CreateCommand();
    command.CommandText = "SELECT * FROM t";
    using var reader = command.ExecuteReader();
    Expect(reader.Read() && reader.GetFieldValue<DateOnly>(2) == new DateOnly(2024, 2, 29), "a date");
    Expect(reader.GetFieldValue<decimal>(3) == 12.5m && reader.GetGuid(4) == Guid.Empty, "a decimal and a GUID");
    Expect(reader.GetSchemaTable()!.Rows.Count == 5 && reader.GetColumnSchema().Count == 5, "the schema of a result");
}

using (var source = new WalDbDataSourceBuilder(text).UseSessionInitializer(inner => inner.CreateFunction("twice", (long x) => 2 * x)).Build())
using (var connection = source.OpenConnection())
{
    Expect((long)Execute(connection, "SELECT twice(21)")! == 42, "a function");
    using (var scope = new TransactionScope())
    {
        using var enlisted = source.OpenConnection();
        Execute(enlisted, "DELETE FROM t");
    }

    Expect((long)Execute(connection, "SELECT count(*) FROM t")! == 25, "the scope that was left");
    Expect(connection.Checkpoint(CheckpointMode.Truncate).Completed, "a checkpoint");
    Expect(connection.BackupTo(Path.Combine(folder, "backup.db")).Bytes > 0, "a backup");
    Expect(Error(() => Execute(connection, "SELECT * FROM missing")).Contains("no such table: missing", StringComparison.Ordinal), "an error");
    Expect(connection.GetSchema("MetaDataCollections").Rows.Count > 0, "the metadata");
}

// The wrapped provider's own words come out of its resources.
Expect(Error(() => Execute(new WalDbConnection(text), "SELECT 1")).Contains("ExecuteScalar", StringComparison.Ordinal), "a message");
Expect(Error(() => new WalDbConnection("Data Sorce=x")).Contains("Data Source", StringComparison.OrdinalIgnoreCase), "a keyword's message");
Console.WriteLine("fine");

static object? Execute(DbConnection connection, string sql, params object[] values)
{
    using var command = connection.CreateCommand();
    command.CommandText = sql;
    for (var i = 0; i < values.Length; i++)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = $"@{(char)('a' + i)}";
        parameter.Value = values[i];
        command.Parameters.Add(parameter);
    }

    return command.ExecuteScalar();
}

static string Error(Action call)
{
    try
    {
        call();
        return "";
    }
    catch (Exception error) when (error is DbException or InvalidOperationException or ArgumentException)
    {
        return error.Message;
    }
}

static void Expect(bool holds, string what)
{
    if (!holds)
        throw new InvalidOperationException($"trimming has taken something away: {what}");
}
