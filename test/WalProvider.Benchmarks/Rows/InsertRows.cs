using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace WalProvider.Benchmarks;

/// <summary>Inserting many rows on one connection.</summary>
internal static class InsertRows
{
    private const int Inserts = 200_000;
    private const int BatchSize = 5_000;
    // As installed every insert waits for the disk.
    private const int InsertsAsInstalled = 300;

    private static readonly string Batched = $"Write Batch Size={BatchSize}";

    public static IEnumerable<Row> All()
    {
        yield return new Row(
            "insert",
            "insert, fresh command each, batch of 5,000",
            "rows",
            [
                Side.OfOurs(round => Batch(round, Inserts, Items.InsertFresh)),
                Side.OfWrapped(round => Transactions(round, Items.InsertFresh)),
                new Side(Side.HandTuned, "wrapped provider, hand-tuned", HandTuned),
                Side.OfCApi(CApi),
                new Side(Side.AsInstalled, "wrapped provider as installed, autocommit", AsInstalled),
            ]);
        yield return new Row(
            "dapper-insert",
            "Dapper Execute for each row, batch of 5,000",
            "rows",
            [
                Side.OfOurs(round => Batch(round, Inserts, InsertByDapper)),
                Side.OfWrapped(round => Transactions(round, InsertByDapper)),
            ]);
        yield return new Row(
            "batch-on",
            "insert, batch of 5,000 beside one commit each, same code",
            "rows",
            [
                Side.OfOurs(round => Batch(round, Inserts, Items.InsertFresh)),
                new Side("batch-off", "WalProvider, one commit each", Autocommit),
            ]);
    }

    private static void InsertByDapper(DbConnection connection, DbTransaction? transaction, long id)
        => connection.Execute(
            Items.InsertSql,
            new { id, name = Items.NameOf(id), price = Items.PriceOf(id), note = Items.NoteOf(id) },
            transaction);

    private static Func<Measure> Batch(Round round, int inserts, Action<DbConnection, DbTransaction?, long> insert)
    {
        var connection = round.Own(Databases.OpenOurs(round.Database, Batched));
        var count = round.Count(inserts);
        return () => Measure.Of(count, () =>
        {
            for (var id = 1; id <= count; id++)
            {
                insert(connection, null, id);
            }

            connection.CommitBatch();
        });
    }

    private static Func<Measure> Autocommit(Round round)
    {
        var connection = round.Own(Databases.OpenOurs(round.Database));
        return One(connection, round.Count(Inserts / 4));
    }

    private static Func<Measure> AsInstalled(Round round)
    {
        var connection = round.Own(Databases.OpenAsInstalled(round.Database));
        return One(connection, round.Count(InsertsAsInstalled));
    }

    private static Func<Measure> One(DbConnection connection, int count)
        => () => Measure.Of(count, () =>
        {
            for (var id = 1; id <= count; id++)
            {
                Items.InsertFresh(connection, null, id);
            }
        });

    private static Func<Measure> Transactions(Round round, Action<DbConnection, DbTransaction?, long> insert)
    {
        var connection = round.Own(Databases.OpenWrapped(round.Database));
        return InTransactions(connection, round.Count(Inserts), (transaction, id) => insert(connection, transaction, id));
    }

    // One prepared command for all, in transactions of the same size.
    private static Func<Measure> HandTuned(Round round)
    {
        var connection = round.Own(Databases.OpenWrapped(round.Database));
        var command = round.Own(Items.PrepareInsert(connection, null));
        return InTransactions(connection, round.Count(Inserts), (transaction, id) =>
        {
            if (!ReferenceEquals(command.Transaction, transaction))
            {
                command.Transaction = transaction;
            }

            Items.Insert(command, id);
        });
    }

    private static Func<Measure> InTransactions(SqliteConnection connection, int count, Action<SqliteTransaction, long> insert)
        => () => Measure.Of(count, () =>
        {
            for (var id = 1; id <= count;)
            {
                using var transaction = connection.BeginTransaction();
                for (var end = Math.Min(count, id + BatchSize - 1); id <= end; id++)
                {
                    insert(transaction, id);
                }

                transaction.Commit();
            }
        });

    private static Func<Measure> CApi(Round round)
    {
        var connection = round.Own(Databases.OpenWrapped(round.Database));
        var begin = round.Own(new RawStatement(connection, "BEGIN IMMEDIATE"));
        var commit = round.Own(new RawStatement(connection, "COMMIT"));
        var insert = round.Own(new RawStatement(connection, Items.InsertSql));
        var count = round.Count(Inserts);
        return () => Measure.Of(count, () =>
        {
            for (var id = 1; id <= count;)
            {
                begin.Run();
                for (var end = Math.Min(count, id + BatchSize - 1); id <= end; id++)
                {
                    insert.Insert(id);
                }

                commit.Run();
            }
        });
    }
}
