using System.Transactions;
using Dapper;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Transactions;

internal sealed class ScopeEnlistmentTests
{
    private TempFolder _folder = null!;
    private string _connectionString = null!;

    [SetUp]
    public void CreateDatabase()
    {
        _folder = new TempFolder();
        _connectionString = new WalDbConnectionStringBuilder { DataSource = _folder.File() }.ConnectionString;
        using var connection = new WalDbConnection(_connectionString);
        connection.Execute("CREATE TABLE t (v INTEGER)");
    }

    [TearDown]
    public void DeleteDatabase()
    {
        using (var connection = new WalDbConnection(_connectionString))
        {
            WalDbConnection.ClearPool(connection);
        }

        _folder.Dispose();
    }

    [Test]
    public void Open_takes_part_in_the_scope_that_is_completed()
    {
        using (var scope = new TransactionScope())
        {
            Insert();
            scope.Complete();
        }

        Count().ShouldBe(1);
    }

    [Test]
    public void Open_takes_part_in_the_scope_that_is_left()
    {
        using (new TransactionScope())
        {
            Insert();
        }

        Count().ShouldBe(0);
    }

    [Test]
    public void Open_gives_the_same_session_when_a_connection_of_the_scope_was_closed()
    {
        using (var scope = new TransactionScope())
        {
            Insert();
            Count().ShouldBe(1);
            Insert();
            scope.Complete();
        }

        Count().ShouldBe(2);
    }

    [Test]
    public void Open_refuses_when_another_connection_of_the_scope_is_open()
    {
        using var scope = new TransactionScope();
        using var first = new WalDbConnection(_connectionString);
        first.Open();
        using var second = new WalDbConnection(_connectionString);
        Should.Throw<InvalidOperationException>(second.Open).Message.ShouldContain("Enlist=False");
        second.State.ShouldBe(System.Data.ConnectionState.Closed);
    }

    [Test]
    public void Open_stays_out_of_the_scope_when_enlist_is_off()
    {
        using (new TransactionScope())
        {
            using var connection = new WalDbConnection(_connectionString + ";Enlist=False");
            connection.Execute("INSERT INTO t VALUES (1)");
        }

        Count().ShouldBe(1);
    }

    [Test]
    public async Task Open_takes_part_in_a_scope_that_flows_across_awaits()
    {
        using (var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            await using var connection = new WalDbConnection(_connectionString);
            await connection.OpenAsync();
            await Task.Yield();
            await connection.ExecuteAsync("INSERT INTO t VALUES (1)");
            scope.Complete();
        }

        Count().ShouldBe(1);
    }

    [Test]
    public void EnlistTransaction_makes_an_open_connection_take_part()
    {
        using var connection = new WalDbConnection(_connectionString);
        connection.Open();
        using (var transaction = new CommittableTransaction())
        {
            connection.EnlistTransaction(transaction);
            connection.Execute("INSERT INTO t VALUES (1)");
            transaction.Rollback();
        }

        connection.ExecuteScalar<int>("SELECT count(*) FROM t").ShouldBe(0);
        connection.Execute("INSERT INTO t VALUES (2)");
        Count().ShouldBe(1);
    }

    [Test]
    public void EnlistTransaction_refuses_when_a_transaction_is_open()
    {
        using var connection = new WalDbConnection(_connectionString);
        connection.Open();
        using var own = connection.BeginTransaction();
        using var other = new CommittableTransaction();
        Should.Throw<InvalidOperationException>(() => connection.EnlistTransaction(other));
    }

    [Test]
    public void Scope_commits_two_databases()
    {
        var other = new WalDbConnectionStringBuilder { DataSource = _folder.File("other.db") }.ConnectionString;
        using (var scope = new TransactionScope())
        {
            Insert();
            using var connection = new WalDbConnection(other);
            connection.Execute("CREATE TABLE t (v INTEGER); INSERT INTO t VALUES (7)");
            scope.Complete();
        }

        Count().ShouldBe(1);
        using var check = new WalDbConnection(other);
        check.ExecuteScalar<int>("SELECT v FROM t").ShouldBe(7);
    }

    [Test]
    public void Scope_that_has_ended_leaves_nothing_in_use()
    {
        using var source = new WalDbDataSourceBuilder(_connectionString).Build();
        using (var scope = new TransactionScope())
        {
            using (var connection = source.OpenConnection())
            {
                connection.Execute("INSERT INTO t VALUES (1)");
            }

            source.Statistics.InUse.ShouldBe(1);
            scope.Complete();
        }

        source.Statistics.InUse.ShouldBe(0);
        source.Statistics.Idle.ShouldBe(1);
    }

    private void Insert()
    {
        using var connection = new WalDbConnection(_connectionString);
        connection.Execute("INSERT INTO t VALUES (1)");
    }

    private int Count()
    {
        using var connection = new WalDbConnection(_connectionString);
        return connection.ExecuteScalar<int>("SELECT count(*) FROM t");
    }
}
