using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Backups;

public class CopyToTests
{
    [Test]
    public async Task CopyTo_goes_from_disk_to_memory_and_back([Values] bool async, [Values(1024, 4096, 8192)] int pageSize)
    {
        using var folder = new TempFolder();
        using var disk = SampleDatabase.Create(folder.File(), rows: 2_000, $"Page Size={pageSize}");
        using var memory = new WalDbConnection("Data Source=:memory:");
        using var back = SampleDatabase.Create(folder.File("back.db"), rows: 1, $"Page Size={pageSize}");
        memory.Open();

        if (async)
        {
            await disk.CopyToAsync(memory);
            SampleDatabase.Insert(memory, rows: 5);
            await memory.CopyToAsync(back);
        }
        else
        {
            disk.CopyTo(memory);
            SampleDatabase.Insert(memory, rows: 5);
            memory.CopyTo(back);
        }

        SampleDatabase.Count(memory).ShouldBe(2_005);
        SampleDatabase.Count(back).ShouldBe(2_005);
        SampleDatabase.Count(disk).ShouldBe(2_000);
    }

    [Test]
    public void CopyTo_copies_between_connections_of_ours_and_of_the_wrapped_provider()
    {
        using var memory = SampleDatabase.Create(":memory:", rows: 10);
        using var wrapped = new SqliteConnection("Data Source=:memory:");
        wrapped.Open();
        using var again = new WalDbConnection("Data Source=:memory:");
        again.Open();

        memory.CopyTo(wrapped);
        wrapped.CopyTo(again);

        SampleDatabase.Count(again).ShouldBe(10);
    }

    [Test]
    public void CopyTo_copies_the_pending_batches_too()
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 3, "Write Batch Size=1000");
        using var destination = SampleDatabase.Create(folder.File("other.db"), rows: 1, "Write Batch Size=1000");
        SampleDatabase.Insert(source, rows: 1);
        SampleDatabase.Insert(destination, rows: 1);

        source.CopyTo(destination);

        SampleDatabase.Count(destination).ShouldBe(4);
    }

    [Test]
    public void CopyTo_refuses_the_same_database_and_memory_of_another_page_size()
    {
        using var folder = new TempFolder();
        using var source = SampleDatabase.Create(folder.File(), rows: 3, "Page Size=8192");
        using var same = new WalDbConnection(source.ConnectionString);
        same.Open();
        using var used = SampleDatabase.Create(":memory:", rows: 1);

        Should.Throw<ArgumentException>(() => source.CopyTo(same));
        Should.Throw<ArgumentException>(() => used.CopyTo(used));
        Should.Throw<InvalidOperationException>(() => source.CopyTo(used));

        SampleDatabase.Count(used).ShouldBe(1);
    }
}
