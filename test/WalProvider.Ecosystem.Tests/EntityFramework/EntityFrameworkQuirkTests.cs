using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Shouldly;
using WalProvider.Tests;

namespace WalProvider.Ecosystem.Tests;

/// <summary>Where Entity Framework's provider looks for SqliteConnection itself, and the line that mends each.</summary>
public sealed class EntityFrameworkQuirkTests
{
    private TempFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TempFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Functions_that_it_adds_to_SqliteConnection_alone_are_missing()
    {
        await using var source = new WalDbDataSourceBuilder(Text()).Build();
        await using var connection = await Fill(source);
        await using var library = new Library(connection);
        Should.Throw<SqliteException>(() => library.Writers.Count(w => Regex.IsMatch(w.Name, "^A.a$"))).Message.ShouldContain("no such function: regexp");
        Should.Throw<SqliteException>(() => library.Volumes.Count(v => v.Price > 12m)).Message.ShouldContain("no such function: ef_compare");
    }

    [Test]
    public async Task Functions_are_there_when_each_session_was_shown_to_it()
    {
        var builder = new WalDbDataSourceBuilder(Text());
        builder.UseSessionInitializer(inner => new DbContext(new DbContextOptionsBuilder().UseSqlite(inner).Options).Database.GetDbConnection());
        await using var source = builder.Build();
        for (var i = 0; i < 2; i++)
        {
            await using var connection = await Fill(source);
            await using var library = new Library(connection);
            library.Writers.Count(w => Regex.IsMatch(w.Name, "^A.a$")).ShouldBe(1);
            library.Volumes.Count(v => v.Price > 12m).ShouldBe(1);
            library.Volumes.Select(v => v.Price * 2).Single().ShouldBe(25m);
            library.Volumes.Count(v => v.Price % 2 == 0.5m).ShouldBe(1);
        }

        source.Statistics.Created.ShouldBe(1, "the session with the functions is pooled");
    }

    [Test]
    public async Task Keywords_of_ours_are_unknown_to_it_where_it_asks_for_the_file([Values] bool async)
    {
        await using var connection = new WalDbConnection(Text() + ";Write Batch Size=10");
        await using var library = new Library(connection);
        var error = async
            ? await Should.ThrowAsync<ArgumentException>(() => library.Database.EnsureCreatedAsync())
            : Should.Throw<ArgumentException>(() => library.Database.EnsureCreated());
        error.Message.ShouldContain("write batch size");

        // The line that mends it: the same schema, by the connection itself.
        connection.Execute(library.Database.GenerateCreateScript());

        library.Writers.Add(new Writer { Name = "Ada" });
        library.SaveChanges().ShouldBe(1);
        library.Writers.Single().Name.ShouldBe("Ada");
    }

    private string Text() => $"Data Source={_folder.File()}";

    private static async Task<WalDbConnection> Fill(WalDbDataSource source)
    {
        var connection = await source.OpenConnectionAsync();
        await using var library = new Library(connection);
        if (await library.Database.EnsureCreatedAsync())
        {
            library.Writers.Add(new Writer { Name = "Ada", Volumes = { new Volume { Title = "Notes", Price = 12.50m } } });
            await library.SaveChangesAsync();
        }

        return connection;
    }
}
