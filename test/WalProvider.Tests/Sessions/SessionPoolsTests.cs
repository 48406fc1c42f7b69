using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class SessionPoolsTests
{
    private const int Files = 3000;

    [Test]
    public void Nothing_is_kept_of_files_that_were_closed([Values("data source", "pooling off", "cleared pool")] string kind)
    {
        using var folder = new TempFolder();
        for (var index = 0; index < Files; index++)
        {
            OpenAndClose(folder.File($"{index}.db"), kind);
            if (index % 500 == 499)
                GC.Collect();
        }

        // Other tests open files too; what is swept is what has doubled.
        DatabaseFiles.Count.ShouldBeLessThan(Files / 2 + 500);
        SessionPools.KnownTexts.ShouldBeLessThan(Files / 2 + 500);
        if (OperatingSystem.IsLinux())
            Directory.GetFiles("/proc/self/fd").Select(TargetOf).ShouldNotContain(name => name.StartsWith(folder.Path));
    }

    [Test]
    public void A_session_that_was_closed_is_kept_by_nobody_though_its_data_source_lives()
    {
        using var database = new TestDatabase();

        var session = OpenAndClear(database);

        Collect();
        session.TryGetTarget(out _).ShouldBeFalse();
        database.Source.Statistics.Created.ShouldBe(1);
    }

    [Test]
    public void A_pool_is_kept_for_as_long_as_a_session_is_idle_in_it()
    {
        using var folder = new TempFolder();
        var text = $"Data Source={folder.File()}";
        OpenAndCloseByText(text);
        Collect();

        var connection = new WalDbConnection(text);
        connection.Open();
        connection.Ask("SELECT count(*) FROM pragma_table_info('t')").ShouldBe(1L);
        SessionPools.For(text).Statistics.Created.ShouldBe(1);
        connection.Dispose();
        WalDbConnection.ClearPool(connection);
    }

    [Test]
    public void A_database_in_shared_memory_lives_as_long_as_its_data_source_though_nobody_refers_to_that()
    {
        var text = $"Data Source=anchor-{Guid.NewGuid():N};Mode=Memory;Cache=Shared";
        var source = MakeInMemory(text);
        Collect();

        using (var connection = new SqliteConnection(text + ";Pooling=False"))
        {
            connection.Open();
            connection.Ask("SELECT count(*) FROM t").ShouldBe(0L);
        }

        if (source.TryGetTarget(out var kept))
            kept.Dispose();
    }

    private static void OpenAndClose(string file, string kind)
    {
        var text = $"Data Source={file};Synchronous=OFF;Journal Mode=MEMORY";
        if (kind == "data source")
        {
            using var source = new WalDbDataSourceBuilder(text).Build();
            source.OpenConnection().Dispose();
            return;
        }

        using var connection = new WalDbConnection(kind == "pooling off" ? text + ";Pooling=False" : text);
        connection.Open();
        connection.Close();
        WalDbConnection.ClearPool(connection);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<WalSession> OpenAndClear(TestDatabase database)
    {
        using var connection = database.OpenWithTable();
        var session = new WeakReference<WalSession>(connection.Session);
        connection.Close();
        database.Source.Clear();
        return session;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void OpenAndCloseByText(string text)
    {
        using var connection = new WalDbConnection(text);
        connection.Open();
        connection.Run("CREATE TABLE t(a)");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<WalDbDataSource> MakeInMemory(string text)
    {
        var source = new WalDbDataSourceBuilder(text).Build();
        using (var connection = source.OpenConnection())
            connection.Run("CREATE TABLE t(a)");
        source.Clear();
        return new WeakReference<WalDbDataSource>(source);
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    private static string TargetOf(string descriptor) => new FileInfo(descriptor).LinkTarget ?? "";
}
