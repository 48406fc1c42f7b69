using System.Data.Common;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[Row(8, "COMMIT refused by a full disk, 100 times on each way",
    "the original error inside using; Close and Dispose say nothing more; no handle leaked")]
public class FailedCommitTests
{
    private const int Times = 100;
    private const int Full = 13;

    // Stays in the page cache until the commit.
    private const string Insert = "INSERT INTO t VALUES(zeroblob(100000))";

    private static readonly (string Name, string Keywords, Action<DbConnection> Commit)[] Ways =
    [
        ("transaction", "", InTransaction),
        ("nested transaction", "", InNestedTransaction),
        ("batch", "Write Batch Size=100;Write Batch Interval=0", InBatch),
        ("unit", "", InUnit),
        ("autocommit", "", connection => connection.Run(Insert)),
    ];

    private static IEnumerable<string> Names => Ways.Select(way => way.Name);

    [TestCaseSource(nameof(Names))]
    public void Failed_commit_throws_its_own_error_once_and_leaks_nothing(string name)
    {
        var way = Ways.Single(one => one.Name == name);
        using var disk = new FullDisk();
        disk.Open(way.Keywords).Dispose();
        disk.Fill();
        var handles = disk.Handles();

        for (var time = 0; time < Times; time++)
        {
            var error = Should.Throw<SqliteException>(() =>
            {
                using var connection = disk.Connect(way.Keywords);
                connection.Open();
                way.Commit(connection);
            });
            error.SqliteErrorCode.ShouldBe(Full, $"time {time}: {error}");
        }

        disk.Handles().ShouldBe(handles);
        disk.Free();
        using var afterwards = disk.Connect(way.Keywords);
        afterwards.Open();
        afterwards.Ask("SELECT count(*) FROM t").ShouldBe(1L);
        afterwards.Run(Insert);
        Report.Figures($"{Times} times by {name}: held");
    }

    [Test]
    public void Canary_the_wrapped_provider_hides_the_error_and_leaks()
    {
        using var disk = new FullDisk();
        disk.Open().Dispose();
        disk.Fill();
        var handles = disk.Handles();

        var error = Should.Throw<SqliteException>(() =>
        {
            using var connection = new SqliteConnection($"Data Source={disk.Database};Pooling=False");
            connection.Open();
            InTransaction(connection);
        });

        Report.Figures($"canary, the wrapped provider: code {error.SqliteErrorCode} instead of {Full}, {disk.Handles() - handles} handles leaked");
        error.SqliteErrorCode.ShouldNotBe(Full);
    }

    private static void InTransaction(DbConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = Insert;
        command.ExecuteNonQuery();
        transaction.Commit();
    }

    private static void InNestedTransaction(DbConnection connection)
    {
        using var outer = connection.BeginTransaction();
        using (var inner = connection.BeginTransaction())
        {
            connection.Run(Insert);
            inner.Commit();
        }

        outer.Commit();
    }

    private static void InBatch(DbConnection connection)
    {
        connection.Run(Insert);
        ((WalDbConnection)connection).CommitBatch();
    }

    private static void InUnit(DbConnection connection)
    {
        using var unit = ((WalDbConnection)connection).BeginBatchUnit();
        connection.Run(Insert);
        unit.Complete();
    }
}
