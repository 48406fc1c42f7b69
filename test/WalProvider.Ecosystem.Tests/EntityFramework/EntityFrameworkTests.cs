using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Ecosystem.Tests;

/// <summary>Entity Framework Core's provider for SQLite with a connection handed in, on both providers.</summary>
[TestFixtureSource(typeof(Provider), nameof(Provider.All))]
public sealed class EntityFrameworkTests(Provider provider) : LibraryTest(provider)
{
    [Test]
    public async Task Rows_are_inserted_changed_and_deleted([Values] bool async)
    {
        await Create();
        var volume = Sample("Notes");
        await using (var library = new Library(Connection))
        {
            library.Writers.Add(new Writer { Name = "Ada", Volumes = { volume, Sample("Letters") } });
            (async ? await library.SaveChangesAsync() : library.SaveChanges()).ShouldBe(3);
        }

        await using (var library = new Library(Connection))
        {
            var writer = async ? await library.Writers.Include(w => w.Volumes).SingleAsync() : library.Writers.Include(w => w.Volumes).Single();
            writer.Id.ShouldBe(1);
            var found = writer.Volumes.Single(v => v.Title == "Notes");
            (found.Id, found.Price, found.Printed, found.Sold, found.Reading).ShouldBe((volume.Id, volume.Price, volume.Printed, volume.Sold, volume.Reading));
            found.Cover.ShouldBe(volume.Cover);
            found.Title = "More notes";
            library.Volumes.Remove(writer.Volumes.Single(v => v.Title == "Letters"));
            (async ? await library.SaveChangesAsync() : library.SaveChanges()).ShouldBe(2);
        }

        Connection.Query<string>("SELECT Title FROM Volumes").ShouldBe(["More notes"]);
    }

    [Test]
    public async Task Queries_are_translated_and_run([Values] bool async)
    {
        await Create();
        await using var library = new Library(Connection);
        library.Writers.AddRange(Enumerable.Range(1, 20).Select(i => new Writer { Name = $"w{i:00}", Volumes = { Sample($"t{i % 3}") } }));
        library.SaveChanges();
        library.ChangeTracker.Clear();
        var grouped = library.Volumes.GroupBy(v => v.Title).Select(g => new { g.Key, Count = g.Count(), Last = g.Max(v => v.Printed) }).OrderBy(g => g.Key);
        (async ? await grouped.ToListAsync() : grouped.ToList()).Select(g => g.Count).ShouldBe([6, 7, 7]);
        var page = library.Writers.Where(w => EF.Functions.Like(w.Name, "w1%")).OrderByDescending(w => w.Name).Skip(2).Take(3).Select(w => w.Name);
        (async ? await page.ToListAsync() : page.ToList()).ShouldBe(["w17", "w16", "w15"]);
        // NB: not an array: the compiler binds Contains of one to spans, which this Entity Framework does not know.
        var names = new List<string> { "w03", "w07", "none" };
        library.Writers.Count(w => names.Contains(w.Name)).ShouldBe(2);
        var day = new DateTime(2024, 2, 29);
        library.Volumes.Count(v => v.Printed.Date == day).ShouldBe(20);
        await foreach (var writer in library.Writers.AsAsyncEnumerable())
            library.Volumes.AsNoTracking().Count(v => v.WriterId == writer.Id).ShouldBe(1);
        library.Writers.FromSqlInterpolated($"SELECT * FROM Writers WHERE Name = {"w05"}").Single().Id.ShouldBe(5);
    }

    [Test]
    public async Task Transactions_and_savepoints_hold([Values] bool commits)
    {
        await Create();
        await using var library = new Library(Connection);
        await using (var transaction = await library.Database.BeginTransactionAsync())
        {
            library.Writers.Add(new Writer { Name = "one" });
            await library.SaveChangesAsync();
            await transaction.CreateSavepointAsync("before");
            library.Writers.Add(new Writer { Name = "two" });
            await library.SaveChangesAsync();
            await transaction.RollbackToSavepointAsync("before");
            if (commits)
                await transaction.CommitAsync();
        }

        Connection.Query<string>("SELECT Name FROM Writers").ShouldBe(commits ? ["one"] : []);
    }

    [Test]
    public async Task Transaction_of_the_connection_is_joined()
    {
        await Create();
        await using var library = new Library(Connection);
        await using (var transaction = await Connection.BeginTransactionAsync())
        {
            await library.Database.UseTransactionAsync(transaction);
            library.Writers.Add(new Writer { Name = "one" });
            await library.SaveChangesAsync();
            await transaction.RollbackAsync();
        }

        await library.Database.UseTransactionAsync(null);
        (await library.Writers.CountAsync()).ShouldBe(0);
    }

    [Test]
    public async Task Row_that_another_changed_is_found_out([Values] bool async)
    {
        await Create();
        await using var library = new Library(Connection);
        library.Writers.Add(new Writer { Name = "Ada", Volumes = { Sample("Notes") } });
        await library.SaveChangesAsync();
        Connection.Execute("UPDATE Volumes SET Version = 7");
        var volume = library.Volumes.Local.Single();
        volume.Title = "x";
        if (async)
            await Should.ThrowAsync<DbUpdateConcurrencyException>(() => library.SaveChangesAsync());
        else
            Should.Throw<DbUpdateConcurrencyException>(() => library.SaveChanges());
        Connection.Query<string>("SELECT Title FROM Volumes").ShouldBe(["Notes"]);
    }

    [Test]
    public async Task Constraint_that_fails_keeps_the_databases_error()
    {
        await Create();
        await using var library = new Library(Connection);
        library.Writers.AddRange(new Writer { Name = "same" }, new Writer { Name = "same" });
        var error = await Should.ThrowAsync<DbUpdateException>(() => library.SaveChangesAsync());
        error.InnerException.ShouldBeOfType<SqliteException>().SqliteExtendedErrorCode.ShouldBe(2067);
        Connection.ExecuteScalar<int>("SELECT count(*) FROM Writers").ShouldBe(0);
    }

    [Test]
    public async Task Database_is_created_and_deleted([Values] bool async)
    {
        Connection.Close();
        await using var connection = Plain();
        await using var library = new Library(connection);
        (async ? await library.Database.EnsureCreatedAsync() : library.Database.EnsureCreated()).ShouldBeTrue();
        (async ? await library.Database.EnsureCreatedAsync() : library.Database.EnsureCreated()).ShouldBeFalse();
        library.Database.CanConnect().ShouldBeTrue();
        library.Database.GetDbConnection().ShouldBeSameAs(connection);
        (async ? await library.Database.EnsureDeletedAsync() : library.Database.EnsureDeleted()).ShouldBeTrue();
        File.Exists(Path).ShouldBeFalse();
    }

    private static Volume Sample(string title) => new()
    {
        Id = Guid.NewGuid(),
        Title = title,
        Price = 12.50m,
        Printed = new DateTime(2024, 2, 29, 1, 2, 3, 4),
        Sold = new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.FromHours(2)),
        Reading = TimeSpan.FromMinutes(90),
        Cover = [1, 2, 3],
    };

    private DbConnection Plain()
    {
        var connection = Provider.Factory.CreateConnection()!;
        connection.ConnectionString = $"Data Source={Path}";
        return connection;
    }

    private async Task Create()
    {
        await using var connection = Plain();
        await using var library = new Library(connection);
        await library.Database.EnsureCreatedAsync();
    }
}
