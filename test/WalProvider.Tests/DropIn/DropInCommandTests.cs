using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;
using SqliteCommand = WalProvider.WalDbCommand;
using SqliteConnection = WalProvider.WalDbConnection;
using SqliteConnectionStringBuilder = WalProvider.WalDbConnectionStringBuilder;
using SqliteDataReader = WalProvider.WalDbDataReader;
using SqliteFactory = WalProvider.WalDbProviderFactory;
using SqliteTransaction = WalProvider.WalDbTransaction;

namespace WalProvider.Tests;

/// <summary>Ordinary code over commands and readers. Above this line only the six aliases tell that the provider is another.</summary>
[TestFixture]
public sealed class DropInCommandTests
{
    [Test]
    public void Builder_connection_and_commands_work_together()
    {
        using var folder = new TempFolder();
        var builder = new SqliteConnectionStringBuilder
        {
            DataSource = folder.File(),
            Mode = SqliteOpenMode.ReadWriteCreate,
            Cache = SqliteCacheMode.Private,
            ForeignKeys = true,
            RecursiveTriggers = true,
            DefaultTimeout = 20,
            Pooling = true,
        };
        var connection = new SqliteConnection(builder.ConnectionString);
        using (connection)
        {
            connection.Open();
            SqliteCommand create = connection.CreateCommand();
            create.CommandText = "CREATE TABLE person(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, born TEXT, photo BLOB)";
            create.ExecuteNonQuery().ShouldBe(0);

            using var insert = new SqliteCommand("INSERT INTO person(name, born, photo) VALUES ($name, $born, $photo)", connection);
            SqliteParameter name = insert.Parameters.Add("$name", SqliteType.Text);
            SqliteParameter born = insert.Parameters.AddWithValue("$born", DBNull.Value);
            insert.Parameters.Add(new SqliteParameter("$photo", SqliteType.Blob) { Value = new byte[] { 1, 2, 3 } });
            insert.Prepare();
            using SqliteTransaction transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            foreach (var (who, when) in new[] { ("Ada", new DateTime(1815, 12, 10)), ("Grace", new DateTime(1906, 12, 9)) })
            {
                name.Value = who;
                born.Value = when;
                insert.ExecuteNonQuery().ShouldBe(1);
            }

            transaction.Commit();

            using var select = connection.CreateCommand();
            select.CommandText = "SELECT id, name, born, photo FROM person WHERE born > @after ORDER BY id; SELECT count(*) FROM person";
            select.Parameters.AddWithValue("@after", new DateTime(1900, 1, 1));
            using SqliteDataReader reader = select.ExecuteReader();
            reader.HasRows.ShouldBeTrue();
            reader.Read().ShouldBeTrue();
            reader.GetInt64(reader.GetOrdinal("id")).ShouldBe(2);
            reader["name"].ShouldBe("Grace");
            reader.GetDateTime(2).ShouldBe(new DateTime(1906, 12, 9));
            reader.GetDateTimeOffset(2).DateTime.ShouldBe(new DateTime(1906, 12, 9));
            reader.GetFieldValue<byte[]>(3).ShouldBe([1, 2, 3]);
            reader.Read().ShouldBeFalse();
            reader.NextResult().ShouldBeTrue();
            reader.Read().ShouldBeTrue();
            reader.GetInt32(0).ShouldBe(2);
            reader.NextResult().ShouldBeFalse();
        }

        SqliteConnection.ClearPool(connection);
        File.Delete(folder.File());
        File.Exists(folder.File()).ShouldBeFalse();
    }

    [Test]
    public async Task Async_calls_give_the_providers_own_types()
    {
        using var folder = new TempFolder();
        await using var connection = new SqliteConnection($"Data Source={folder.File()}");
        await connection.OpenAsync();
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT 1 UNION SELECT 2";
        await using SqliteDataReader reader = await command.ExecuteReaderAsync();
        var sum = 0L;
        while (await reader.ReadAsync())
            sum += await reader.GetFieldValueAsync<long>(0);
        sum.ShouldBe(3);
        SqliteConnection.ClearPool(connection);
    }

    [Test]
    public void Errors_are_caught_by_their_code()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE t(a UNIQUE); INSERT INTO t VALUES (1), (1)";
        try
        {
            command.ExecuteNonQuery();
            Assert.Fail("The constraint was not held.");
        }
        catch (SqliteException error) when (error.SqliteErrorCode == 19 && error.SqliteExtendedErrorCode == 2067)
        {
            error.Message.ShouldBe("SQLite Error 19: 'UNIQUE constraint failed: t.a'.");
        }
    }

    [Test]
    public void Factory_makes_all_that_code_over_the_base_classes_needs()
    {
        using var folder = new TempFolder();
        DbProviderFactory factory = SqliteFactory.Instance;
        using DbConnection connection = factory.CreateConnection()!;
        connection.ConnectionString = $"Data Source={folder.File()}";
        connection.Open();
        using DbCommand command = factory.CreateCommand()!;
        command.Connection = connection;
        command.CommandText = "SELECT @a + 1";
        DbParameter parameter = factory.CreateParameter()!;
        (parameter.ParameterName, parameter.Value, parameter.DbType) = ("@a", 41, DbType.Int32);
        command.Parameters.Add(parameter);
        command.ExecuteScalar().ShouldBe(42L);
        factory.CreateConnectionStringBuilder().ShouldBeOfType<SqliteConnectionStringBuilder>();
    }

    [Test]
    public void Handle_and_server_version_are_the_engines()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Handle.ShouldBeNull();
        connection.Open();
        SQLitePCL.raw.sqlite3_db_filename(connection.Handle, "main").utf8_to_string().ShouldBe("");
        connection.ServerVersion.ShouldBe(SQLitePCL.raw.sqlite3_libversion().utf8_to_string());
        connection.DefaultTimeout = 5;
        connection.CreateCommand().CommandTimeout.ShouldBe(5);
    }
}
