using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class WalDbDataSourcesTests
{
    [Test]
    public void GetOrAddPath_gives_one_data_source_for_each_file()
    {
        using var folder = new TempFolder();
        using var sources = new WalDbDataSources("Busy Timeout=77");

        var first = sources.GetOrAddPath(folder.File("a.db"));

        sources.GetOrAddPath(folder.File("a.db")).ShouldBeSameAs(first);
        sources.GetOrAddPath(Path.Combine(folder.Path, "..", Path.GetFileName(folder.Path), "a.db")).ShouldBeSameAs(first);
        sources.GetOrAddPath(folder.File("b.db")).ShouldNotBeSameAs(first);
        sources.Count.ShouldBe(2);
        using var connection = first.OpenConnection();
        connection.Ask("PRAGMA busy_timeout").ShouldBe(77L);
        connection.DataSource.ShouldBe(folder.File("a.db"));
    }

    [Test]
    public void GetOrAddPath_takes_any_path_literally()
    {
        using var folder = new TempFolder();
        using var sources = new WalDbDataSources();
        var path = folder.File("a;Mode=Memory \"x\" .db");

        using (var connection = sources.GetOrAddPath(path).OpenConnection())
            connection.Run("CREATE TABLE t(a)");

        File.Exists(path).ShouldBeTrue();
    }

    [Test]
    public void GetOrAddPath_follows_links_to_the_one_file()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File("a.db"), []);
        File.CreateSymbolicLink(folder.File("link.db"), folder.File("a.db"));
        using var sources = new WalDbDataSources();

        sources.GetOrAddPath(folder.File("link.db")).ShouldBeSameAs(sources.GetOrAddPath(folder.File("a.db")));

        sources.Count.ShouldBe(1);
    }

    [Test]
    public void GetOrAdd_puts_its_keywords_over_those_of_the_template()
    {
        using var folder = new TempFolder();
        using var sources = new WalDbDataSources("Busy Timeout=77;Synchronous=FULL");

        var source = sources.GetOrAdd($"Data Source={folder.File()};synchronous=OFF");

        source.ConnectionString.ShouldContain("Busy Timeout=77");
        source.ConnectionString.ShouldContain("Synchronous=OFF");
        sources.GetOrAdd($"Synchronous=OFF;DataSource={folder.File()}").ShouldBeSameAs(source);
        sources.GetOrAddPath(folder.File()).ShouldNotBeSameAs(source);
    }

    [Test]
    public void GetOrAdd_knows_databases_in_memory_by_their_text()
    {
        using var sources = new WalDbDataSources("Mode=Memory;Cache=Shared");
        var name = $"registry-{Guid.NewGuid():N}";

        sources.GetOrAdd($"Data Source={name}").ShouldBeSameAs(sources.GetOrAdd($"data source={name}"));
        sources.GetOrAdd($"Data Source={name}-2").ShouldNotBeSameAs(sources.GetOrAdd($"Data Source={name}"));
    }

    [Test]
    public void Constructor_and_GetOrAdd_refuse_what_no_connection_string_may_say()
    {
        Should.Throw<ArgumentException>(() => new WalDbDataSources("Busy Timeout=soon"));
        using var sources = new WalDbDataSources("Max Pool Size=2");
        Should.Throw<ArgumentException>(() => sources.GetOrAdd("Data Source=a.db;Min Pool Size=3"));
        Should.Throw<ArgumentException>(() => sources.GetOrAdd("Data Sauce=a.db"));
        Should.Throw<ArgumentException>(() => sources.GetOrAddPath(""));
        sources.Count.ShouldBe(0);
    }

    [Test]
    public void Configure_is_called_once_for_each_data_source()
    {
        using var folder = new TempFolder();
        var calls = 0;
        using var sources = new WalDbDataSources(configure: builder =>
        {
            calls++;
            builder.Name = "tenant";
        });

        sources.GetOrAddPath(folder.File("a.db")).Name.ShouldBe("tenant");
        sources.GetOrAddPath(folder.File("a.db"));
        sources.GetOrAddPath(folder.File("b.db"));

        calls.ShouldBe(2);
    }

    [Test]
    public void Configure_that_throws_leaves_nothing_behind()
    {
        using var folder = new TempFolder();
        var fails = true;
        using var sources = new WalDbDataSources(configure: _ =>
        {
            if (fails)
                throw new FormatException();
        });

        Should.Throw<FormatException>(() => sources.GetOrAddPath(folder.File()));
        sources.Count.ShouldBe(0);
        fails = false;
        sources.GetOrAddPath(folder.File());
        sources.Count.ShouldBe(1);
    }

    [Test]
    public async Task GetOrAddPath_gives_all_threads_the_same()
    {
        using var folder = new TempFolder();
        using var sources = new WalDbDataSources();
        for (var round = 0; round < 50; round++)
        {
            var path = folder.File($"{round}.db");
            var found = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => sources.GetOrAddPath(path)))).Within();
            found.Distinct().Count().ShouldBe(1);
        }

        sources.Count.ShouldBe(50);
    }

    [Test]
    public void Remove_closes_the_idle_sessions_and_forgets_every_name()
    {
        using var folder = new TempFolder();
        using var sources = new WalDbDataSources();
        var source = sources.GetOrAddPath(folder.File());
        sources.GetOrAdd($"Data Source={folder.File()}").ShouldBeSameAs(source);
        source.OpenConnection().Dispose();
        sources.Statistics.Idle.ShouldBe(1);

        sources.Remove(source).ShouldBeTrue();

        sources.Remove(source).ShouldBeFalse();
        source.Statistics.Open.ShouldBe(0);
        Should.Throw<ObjectDisposedException>(() => source.OpenConnection());
        sources.Count.ShouldBe(0);
        sources.GetOrAddPath(folder.File()).ShouldNotBeSameAs(source);
        sources.GetOrAdd($"Data Source={folder.File()}").ShouldBeSameAs(sources.GetOrAddPath(folder.File()));
    }

    [Test]
    public void GetOrAdd_replaces_one_that_somebody_disposed([Values] bool byPath)
    {
        using var folder = new TempFolder();
        using var sources = new WalDbDataSources();
        WalDbDataSource Get() => byPath ? sources.GetOrAddPath(folder.File()) : sources.GetOrAdd($"Data Source={folder.File()}");
        var disposed = Get();
        disposed.Dispose();

        var source = Get();

        source.ShouldNotBeSameAs(disposed);
        source.OpenConnection().Dispose();
        Get().ShouldBeSameAs(source);
        sources.Count.ShouldBe(1);
    }

    [Test]
    public void Statistics_and_Clear_go_over_all_of_them()
    {
        using var folder = new TempFolder();
        using var sources = new WalDbDataSources();
        using var inUse = sources.GetOrAddPath(folder.File("a.db")).OpenConnection();
        sources.GetOrAddPath(folder.File("b.db")).OpenConnection().Dispose();
        sources.Statistics.ShouldBe(new WalPoolStatistics(2, 1, 1, 0, 2, 0));

        sources.Clear();

        sources.Statistics.ShouldBe(new WalPoolStatistics(1, 1, 0, 0, 2, 1));
    }

    [Test]
    public async Task Dispose_disposes_all_of_them([Values] bool async)
    {
        using var folder = new TempFolder();
        var sources = new WalDbDataSources();
        var source = sources.GetOrAddPath(folder.File());
        source.OpenConnection().Dispose();

        if (async)
            await sources.DisposeAsync();
        else
            sources.Dispose();

        source.Statistics.Open.ShouldBe(0);
        Should.Throw<ObjectDisposedException>(() => source.OpenConnection());
        Should.Throw<ObjectDisposedException>(() => sources.GetOrAddPath(folder.File()));
    }
}
