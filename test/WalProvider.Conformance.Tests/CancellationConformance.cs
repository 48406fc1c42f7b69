using System.Data.Common;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Conformance.Tests;

/// <summary>Where cancelling makes a difference, and where it must make none.</summary>
public sealed class CancellationConformance(Variant variant) : Conformance(variant)
{
    private const string Long = "WITH RECURSIVE n(x) AS (SELECT begun() UNION ALL SELECT x + 1 FROM n LIMIT 20000) SELECT count(*) FROM n";

    [Test]
    public async Task Cancel_stops_what_runs([Values] bool async)
    {
        var ours = await Differ(Listed.Cancellation, async, async side =>
        {
            var connection = await side.Open();
            var command = side.Command(connection, Long);
            WhenBegun(connection, command.Cancel);
            await side.Note(() => Of(side.Scalar(command)));
        });
        ours.Single().ShouldContain("OperationCanceledException");
    }

    [Test]
    public async Task Token_stops_what_runs()
    {
        var ours = await Differ(Listed.Cancellation, async: true, async side =>
        {
            using var source = new CancellationTokenSource();
            var connection = await side.Open();
            var command = side.Command(connection, Long);
            WhenBegun(connection, source.Cancel);
            await side.Note(() => Of(command.ExecuteScalarAsync(source.Token)));
        });
        ours.Single().ShouldContain("OperationCanceledException");
    }

    [TestCase("SELECT 1 UNION ALL SELECT 2; INSERT INTO t VALUES (5)")]
    [TestCase("INSERT INTO t VALUES (5), (6), (7) RETURNING a")]
    public Task Reader_that_is_disposed_after_Cancel_has_done_everything(string sql) => Agree(async: true, async side =>
    {
        var connection = await side.Open();
        await side.Execute(connection, "CREATE TABLE t(a)");
        var command = side.Command(connection, sql);
        var reader = await side.Reader(command);
        side.Note(await side.Read(reader));
        command.Cancel();
        await side.Dispose(reader);
        await side.Note(() => side.Rows(connection, "SELECT * FROM t"));
    });

    [Test]
    public Task Cancel_of_what_does_not_execute_does_nothing([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        WhenBegun(connection, () => { });
        var command = side.Command(connection, Long);
        command.Cancel();
        await side.Note(() => side.Scalar(command));
        command.Cancel();
        await side.Note(() => side.Scalar(command));
        side.Command(null, "SELECT 1").Cancel();
    });

    private static async Task<string> Of(Task<object?> call)
    {
        try
        {
            return $"{await call}";
        }
        catch (OperationCanceledException error)
        {
            return error.GetType().Name;
        }
    }

    private static void WhenBegun(DbConnection connection, Action action)
    {
        if (connection is SqliteConnection wrapped)
            wrapped.CreateFunction("begun", Begun);
        else
            ((WalDbConnection)connection).CreateFunction("begun", Begun);

        int Begun()
        {
            action();
            return 1;
        }
    }
}
