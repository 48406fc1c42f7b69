using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class SharedMemoryTests
{
    private readonly string _name = $"shared-{Guid.NewGuid():N}";

    private string ConnectionString => $"Data Source={_name}-{TestContext.CurrentContext.Test.ID};Mode=Memory;Cache=Shared";

    [Test]
    public void Connections_of_a_data_source_meet_in_one_database()
    {
        using var source = new WalDbDataSourceBuilder(ConnectionString).Build();
        using var first = source.OpenConnection();
        using var second = source.OpenConnection();
        first.Run("CREATE TABLE t(a); INSERT INTO t VALUES(7)");
        second.Ask("SELECT a FROM t").ShouldBe(7L);
    }

    [Test]
    public void The_database_lives_as_long_as_the_data_source([Values] bool created)
    {
        using (var source = new WalDbDataSourceBuilder(ConnectionString).Build())
        {
            using (var connection = source.CreateConnection())
            {
                connection.Open();
                // A changed pragma: the session is not kept, so it is not the pool that keeps the database.
                connection.Run("CREATE TABLE t(a); PRAGMA cache_size=10");
            }

            source.Clear();
            source.Statistics.InUse.ShouldBe(0);
            using var next = created ? source.CreateConnection() : source.OpenConnection();
            if (created)
                next.Open();
            next.Ask("SELECT count(*) FROM t").ShouldBe(0L);
        }

        using var later = new WalDbDataSourceBuilder(ConnectionString).Build();
        using var fresh = later.OpenConnection();
        fresh.Ask("SELECT count(*) FROM sqlite_master").ShouldBe(0L);
    }

    [Test]
    public void The_database_lives_as_long_as_a_connection_where_there_is_no_data_source()
    {
        using (var first = new WalDbConnection(ConnectionString))
        {
            first.Open();
            first.Run("CREATE TABLE t(a)");
            using (var second = new WalDbConnection(ConnectionString))
            {
                second.Open();
                second.Ask("SELECT count(*) FROM t").ShouldBe(0L);
            }
        }

        using var later = new WalDbConnection(ConnectionString);
        later.Open();
        later.Ask("SELECT count(*) FROM sqlite_master").ShouldBe(0L);
    }

    [Test]
    public void The_database_needs_no_session_of_the_pool_to_live()
    {
        using var source = new WalDbDataSourceBuilder(ConnectionString + ";Max Pool Size=1;Connection Timeout=0").Build();
        using (var connection = source.OpenConnection())
            connection.Run("CREATE TABLE t(a)");
        source.Statistics.InUse.ShouldBe(0);
    }

    [Test]
    public void Batching_is_off()
    {
        using var source = new WalDbDataSourceBuilder(ConnectionString + ";Write Batch Size=100").Build();
        using var connection = source.OpenConnection();
        connection.Run("CREATE TABLE t(a); INSERT INTO t VALUES(1)");
        connection.PendingWrites.ShouldBe(0);
        using var second = source.OpenConnection();
        second.Ask("SELECT count(*) FROM t").ShouldBe(1L);
    }
}
