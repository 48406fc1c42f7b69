using System.Data;
using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

public sealed class WalDbServiceCollectionExtensionsTests
{
    private TempFolder _folder = null!;

    [SetUp]
    public void Create() => _folder = new TempFolder();

    [TearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public void AddWalDbDataSource_registers_the_four_types()
    {
        using var provider = Provide(services => services.AddWalDbDataSource(Text()));
        var dataSource = provider.GetRequiredService<WalDbDataSource>();
        provider.GetRequiredService<WalDbDataSource>().ShouldBeSameAs(dataSource);
        provider.GetRequiredService<DbDataSource>().ShouldBeSameAs(dataSource);
        using var scope = provider.CreateScope();
        var connection = scope.ServiceProvider.GetRequiredService<DbConnection>().ShouldBeOfType<WalDbConnection>();
        connection.State.ShouldBe(ConnectionState.Closed);
        connection.Open();
        dataSource.Statistics.InUse.ShouldBe(1);
    }

    [Test]
    public void Connections_are_new_each_time_by_default()
    {
        using var provider = Provide(services => services.AddWalDbDataSource(Text()));
        using var scope = provider.CreateScope();
        scope.ServiceProvider.GetRequiredService<WalDbConnection>()
            .ShouldNotBeSameAs(scope.ServiceProvider.GetRequiredService<WalDbConnection>());
    }

    [Test]
    public void Scoped_connection_is_one_under_both_its_names()
    {
        using var provider = Provide(services => services.AddWalDbDataSource(Text(), connectionLifetime: ServiceLifetime.Scoped));
        using var scope = provider.CreateScope();
        using var other = provider.CreateScope();
        var connection = scope.ServiceProvider.GetRequiredService<WalDbConnection>();
        scope.ServiceProvider.GetRequiredService<DbConnection>().ShouldBeSameAs(connection);
        other.ServiceProvider.GetRequiredService<DbConnection>().ShouldNotBeSameAs(connection);
    }

    [Test]
    public async Task End_of_a_scope_commits_its_batch_and_gives_the_session_back([Values] bool async)
    {
        await using var provider = Provide(services => services.AddWalDbDataSource(Text() + ";Write Batch Size=100"));
        var scope = provider.CreateAsyncScope();
        var connection = scope.ServiceProvider.GetRequiredService<WalDbConnection>();
        connection.Open();
        Execute(connection, "CREATE TABLE t(a); INSERT INTO t VALUES (1)");
        connection.PendingWrites.ShouldBeGreaterThan(0);
        if (async)
            await scope.DisposeAsync();
        else
            scope.Dispose();
        provider.GetRequiredService<WalDbDataSource>().Statistics.InUse.ShouldBe(0);
        using var wrapped = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_folder.File()};Pooling=False");
        wrapped.Open();
        Execute(wrapped, "SELECT count(*) FROM t").ShouldBe(1L);
    }

    [Test]
    public void Container_that_is_disposed_takes_the_data_source_with_it()
    {
        WalDbDataSource dataSource;
        using (var provider = Provide(services => services.AddWalDbDataSource(Text())))
        {
            dataSource = provider.GetRequiredService<WalDbDataSource>();
            provider.GetRequiredService<DbDataSource>().OpenConnection().Dispose();
            dataSource.Statistics.Idle.ShouldBe(1);
        }

        dataSource.Statistics.Idle.ShouldBe(0);
        Should.Throw<ObjectDisposedException>(() => dataSource.CreateConnection());
    }

    [Test]
    public void Keys_tell_two_databases_apart()
    {
        using var provider = Provide(services => services
            .AddWalDbDataSource(Text("one.db"), serviceKey: "one")
            .AddWalDbDataSource(Text("two.db"), serviceKey: "two"));
        provider.GetService<WalDbDataSource>().ShouldBeNull();
        provider.GetService<DbConnection>().ShouldBeNull();
        foreach (var name in new[] { "one", "two" })
        {
            using var scope = provider.CreateScope();
            var connection = scope.ServiceProvider.GetRequiredKeyedService<DbConnection>(name);
            connection.Open();
            connection.DataSource.ShouldBe(_folder.File($"{name}.db"));
            provider.GetRequiredKeyedService<DbDataSource>(name).ShouldBeSameAs(provider.GetRequiredKeyedService<WalDbDataSource>(name));
        }
    }

    [Test]
    public void Configure_runs_once_on_the_first_use()
    {
        var calls = 0;
        using var provider = Provide(services => services.AddWalDbDataSource(Text(), builder =>
        {
            calls++;
            builder.Name = "mine";
        }));
        calls.ShouldBe(0);
        provider.GetRequiredService<WalDbDataSource>().Name.ShouldBe("mine");
        provider.GetRequiredService<DbDataSource>();
        calls.ShouldBe(1);
    }

    [Test]
    public void Configure_may_ask_the_container()
    {
        using var provider = Provide(services => services
            .AddSingleton(new Version(4, 2))
            .AddWalDbDataSource(Text(), (container, builder) => builder.Name = container.GetRequiredService<Version>().ToString()));
        provider.GetRequiredService<WalDbDataSource>().Name.ShouldBe("4.2");
    }

    [Test]
    public void Log_events_go_to_the_containers_loggers()
    {
        var log = new LogList();
        using (var wrapped = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_folder.File()};Pooling=False"))
        {
            wrapped.Open();
            Execute(wrapped, "CREATE TABLE t(a)");
        }

        // A file that is read only cannot take the profile's journal mode.
        using var provider = Provide(services => services
            .AddSingleton<ILoggerFactory>(log)
            .AddWalDbDataSource(Text() + ";Mode=ReadOnly"));
        provider.GetRequiredService<DbDataSource>().OpenConnection().Dispose();
        log.Category.ShouldBe("WalProvider");
        log.Events.ShouldContain(entry => entry.Id == 1001);
    }

    [Test]
    public void Connection_string_that_is_wrong_is_named_on_the_first_use()
    {
        using var provider = Provide(services => services.AddWalDbDataSource("Data Sorce=a.db"));
        Should.Throw<ArgumentException>(() => provider.GetRequiredService<WalDbDataSource>()).Message.ShouldContain("Data Sorce");
    }

    [Test]
    public void What_is_registered_already_stays()
    {
        using var mine = new WalDbDataSourceBuilder(Text("mine.db")).Build();
        using var provider = Provide(services => services.AddSingleton(mine).AddWalDbDataSource(Text()));
        provider.GetRequiredService<WalDbDataSource>().ShouldBeSameAs(mine);
        provider.GetRequiredService<DbDataSource>().ShouldBeSameAs(mine);
    }

    [Test]
    public void Arguments_that_are_null_are_refused()
    {
        var services = new ServiceCollection();
        Should.Throw<ArgumentNullException>(() => ((IServiceCollection)null!).AddWalDbDataSource("")).ParamName.ShouldBe("services");
        Should.Throw<ArgumentNullException>(() => services.AddWalDbDataSource(null!)).ParamName.ShouldBe("connectionString");
        Should.Throw<ArgumentNullException>(() => services.AddWalDbDataSource("", (Action<IServiceProvider, WalDbDataSourceBuilder>)null!))
            .ParamName.ShouldBe("configure");
    }

    private static ServiceProvider Provide(Action<IServiceCollection> register)
    {
        var services = new ServiceCollection();
        register(services);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
    }

    private static object? Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private string Text(string name = "test.db") => $"Data Source={_folder.File(name)}";
}
