using System.Data;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;
using SqliteCommand = WalProvider.WalDbCommand;
using SqliteConnection = WalProvider.WalDbConnection;
using SqliteTransaction = WalProvider.WalDbTransaction;

namespace WalProvider.Tests;

/// <summary>Ordinary code over transactions, which gives each command the transaction that it runs in.</summary>
[TestFixture]
public sealed class DropInTransactionTests
{
    [Test]
    public void Transactions_commit_and_roll_back_with_savepoints()
    {
        using var folder = new TempFolder();
        using var connection = new SqliteConnection($"Data Source={folder.File()}");
        connection.Open();
        Execute(connection, null, "CREATE TABLE t(a)");
        using (SqliteTransaction transaction = connection.BeginTransaction())
        {
            Execute(connection, transaction, "INSERT INTO t VALUES (1)");
            transaction.Save("before");
            Execute(connection, transaction, "INSERT INTO t VALUES (2)");
            transaction.Rollback("before");
            Execute(connection, transaction, "INSERT INTO t VALUES (3)");
            transaction.Release("before");
            transaction.Commit();
        }

        using (SqliteTransaction transaction = connection.BeginTransaction(IsolationLevel.Serializable))
            Execute(connection, transaction, "INSERT INTO t VALUES (4)");

        Sum(connection).ShouldBe(4L);
        SqliteConnection.ClearPool(connection);
    }

    [Test]
    public void Deferred_transaction_reads_one_snapshot_while_another_connection_writes()
    {
        using var folder = new TempFolder();
        using var reader = new SqliteConnection($"Data Source={folder.File()}");
        using var writer = new SqliteConnection($"Data Source={folder.File()}");
        reader.Open();
        writer.Open();
        Execute(writer, null, "CREATE TABLE t(a); INSERT INTO t VALUES (1)");
        using (var snapshot = reader.BeginTransaction(deferred: true))
        {
            Sum(reader).ShouldBe(1L);
            Execute(writer, null, "INSERT INTO t VALUES (10)");
            Sum(reader).ShouldBe(1L);
            snapshot.Commit();
        }

        Sum(reader).ShouldBe(11L);
        SqliteConnection.ClearPool(reader);
    }

    [Test]
    public async Task Async_transactions_are_the_base_classs()
    {
        using var folder = new TempFolder();
        await using var connection = new SqliteConnection($"Data Source={folder.File()}");
        await connection.OpenAsync();
        Execute(connection, null, "CREATE TABLE t(a)");
        await using (var transaction = (SqliteTransaction)await connection.BeginTransactionAsync())
        {
            Execute(connection, transaction, "INSERT INTO t VALUES (5)");
            await transaction.CommitAsync();
        }

        Sum(connection).ShouldBe(5L);
        SqliteConnection.ClearPool(connection);
    }

    [Test]
    public void Failed_statement_leaves_the_transaction_to_its_owner()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Execute(connection, null, "CREATE TABLE t(a UNIQUE)");
        using var transaction = connection.BeginTransaction();
        Execute(connection, transaction, "INSERT INTO t VALUES (1)");
        Should.Throw<SqliteException>(() => Execute(connection, transaction, "INSERT INTO t VALUES (1)"));
        Execute(connection, transaction, "INSERT INTO t VALUES (2)");
        transaction.Commit();
        Sum(connection).ShouldBe(3L);
    }

    private static void Execute(SqliteConnection connection, SqliteTransaction? transaction, string sql)
    {
        using var command = new SqliteCommand(sql, connection, transaction);
        command.ExecuteNonQuery();
    }

    private static object? Sum(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT sum(a) FROM t";
        return command.ExecuteScalar();
    }
}
