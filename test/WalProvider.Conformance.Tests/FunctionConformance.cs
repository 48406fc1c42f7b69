using System.Data.Common;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Conformance.Tests;

/// <summary>Functions, aggregates and collations of the user's, which ADO.NET has no word for: defined on each provider's own type.</summary>
public sealed class FunctionConformance(Variant variant) : Conformance(variant)
{
    [Test]
    public Task Functions_take_and_give_values_of_every_kind([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        Define(connection);
        foreach (var sql in new[]
        {
            "SELECT plus(1, 2)", "SELECT plus(9223372036854775807, 1)", "SELECT plus(NULL, 1)", "SELECT plus('a', 1)", "SELECT half(3)", "SELECT shout('é')",
            "SELECT shout(NULL)", "SELECT reverse_blob(x'010203')", "SELECT plus(1)", "SELECT fails()", "SELECT fails_with(19)", "SELECT total_length('a')",
            "SELECT total_length(x) FROM (SELECT 'ab' AS x UNION SELECT 'cde')", "SELECT total_length(x) FROM (SELECT 'a' AS x WHERE 0)",
            "SELECT x FROM (SELECT 'b' AS x UNION ALL SELECT 'A') ORDER BY x COLLATE backwards", "SELECT 'a' = 'A' COLLATE nothing", "SELECT answer()",
        })
        {
            await side.Note(() => side.Rows(connection, sql), sql);
        }
    });

    [Test]
    public Task Functions_are_there_again_when_the_connection_was_closed([Values] bool async) => Agree(async, async side =>
    {
        var connection = side.Create();
        Define(connection);
        for (var i = 0; i < 2; i++)
        {
            await side.Open(connection);
            await side.Note(() => side.Scalar(connection, "SELECT plus(1, 2)"));
            await side.Note(() => side.Scalar(connection, "SELECT 'a' < 'b' COLLATE backwards"));
            await side.Close(connection);
        }

        var other = await side.Open();
        await side.Note(() => side.Scalar(other, "SELECT plus(1, 2)"));
    });

    [Test]
    public async Task Aggregates_begin_with_their_seed_when_the_connection_was_closed([Values] bool async)
    {
        var ours = await Differ(Listed.AggregateStartsAnew, async, async side =>
        {
            var connection = side.Create();
            Define(connection);
            for (var i = 0; i < 2; i++)
            {
                await side.Open(connection);
                await side.Note(() => side.Scalar(connection, "SELECT total_length('abc')"));
                await side.Close(connection);
            }
        });
        ours.ShouldAllBe(came => came.EndsWith("System.Int64 3", StringComparison.Ordinal));
    }

    [Test]
    public Task Functions_can_be_taken_away([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        Define(connection);
        await side.Note(() => side.Scalar(connection, "SELECT answer()"));
        switch (connection)
        {
            case SqliteConnection wrapped:
                wrapped.CreateFunction("answer", (Func<long>?)null);
                wrapped.CreateCollation("backwards", null);
                break;
            case WalDbConnection ours:
                ours.CreateFunction("answer", (Func<long>?)null);
                ours.CreateCollation("backwards", null);
                break;
        }

        await side.Note(() => side.Scalar(connection, "SELECT answer()"));
        await side.Note(() => side.Scalar(connection, "SELECT 'a' < 'b' COLLATE backwards"));
    });

    private static void Define(DbConnection connection)
    {
        if (connection is SqliteConnection wrapped)
        {
            wrapped.CreateFunction("plus", (long a, long b) => a + b);
            wrapped.CreateFunction("half", (double a) => a / 2);
            wrapped.CreateFunction("shout", (string? text) => text?.ToUpperInvariant() + "!");
            wrapped.CreateFunction("reverse_blob", (byte[] blob) => blob.Reverse().ToArray());
            wrapped.CreateFunction("answer", () => 42L, isDeterministic: true);
            wrapped.CreateFunction<long>("fails", () => throw new InvalidOperationException("on purpose"));
            wrapped.CreateFunction<int, long>("fails_with", code => throw new SqliteException("on purpose", code));
            wrapped.CreateAggregate("total_length", 0L, (long sum, string text) => sum + text.Length);
            wrapped.CreateCollation("backwards", (one, other) => -string.Compare(one, other, StringComparison.OrdinalIgnoreCase));
            return;
        }

        var ours = (WalDbConnection)connection;
        ours.CreateFunction("plus", (long a, long b) => a + b);
        ours.CreateFunction("half", (double a) => a / 2);
        ours.CreateFunction("shout", (string? text) => text?.ToUpperInvariant() + "!");
        ours.CreateFunction("reverse_blob", (byte[] blob) => blob.Reverse().ToArray());
        ours.CreateFunction("answer", () => 42L, isDeterministic: true);
        ours.CreateFunction<long>("fails", () => throw new InvalidOperationException("on purpose"));
        ours.CreateFunction<int, long>("fails_with", code => throw new SqliteException("on purpose", code));
        ours.CreateAggregate("total_length", 0L, (long sum, string text) => sum + text.Length);
        ours.CreateCollation("backwards", (one, other) => -string.Compare(one, other, StringComparison.OrdinalIgnoreCase));
    }
}
