using System.Data.Common;
using Dapper;

namespace WalProvider.Benchmarks;

/// <summary>Reading single rows by their key, on one connection and on eight.</summary>
internal static class ReadRows
{
    private const int Reads = 60_000;
    private const int Threads = 8;

    public static IEnumerable<Row> All()
    {
        yield return new Row(
            "point-read",
            "point read, fresh command each",
            "reads",
            [
                Side.OfOurs(round => Read(round, OpenOurs(round), Items.ReadFresh)),
                Side.OfWrapped(round => Read(round, OpenWrapped(round), Items.ReadFresh)),
                Side.OfCApi(CApi),
            ]);
        yield return new Row(
            "dapper-read",
            "Dapper QueryFirst by key",
            "reads",
            [
                Side.OfOurs(round => Read(round, OpenOurs(round), ReadByDapper)),
                Side.OfWrapped(round => Read(round, OpenWrapped(round), ReadByDapper)),
            ]);
        yield return new Row(
            "threads-read",
            "8 threads reading by key, own connections",
            "reads",
            [
                Side.OfOurs(round => ReadByThreads(round, Threads, file => Databases.OpenOurs(file))),
                Side.OfWrapped(round => ReadByThreads(round, Threads, file => Databases.OpenWrapped(file))),
                new Side("one-thread", "WalProvider, one thread", round => ReadByThreads(round, 1, file => Databases.OpenOurs(file))),
            ]);
    }

    private static long ReadByDapper(DbConnection connection, long id)
        => connection.QueryFirst<Item>(Items.ByKeySql, new { id }).Id;

    private static DbConnection OpenOurs(Round round)
    {
        round.CopySeed();
        return round.Own(Databases.OpenOurs(round.Database));
    }

    private static Microsoft.Data.Sqlite.SqliteConnection OpenWrapped(Round round)
    {
        round.CopySeed();
        return round.Own(Databases.OpenWrapped(round.Database));
    }

    private static Func<Measure> Read(Round round, DbConnection connection, Func<DbConnection, long, long> read)
        => Repeat(round, id => read(connection, id));

    private static Func<Measure> CApi(Round round)
    {
        var statement = round.Own(new RawStatement(OpenWrapped(round), Items.ByKeySql));
        return Repeat(round, statement.ReadByKey);
    }

    // The first pass is not timed: the page cache of a fresh connection is empty, and filling it is the same for all.
    private static Func<Measure> Repeat(Round round, Func<long, long> read)
    {
        var count = round.Count(Reads);
        void Pass()
        {
            for (var operation = 0; operation < count; operation++)
            {
                read(Items.KeyOf(operation));
            }
        }

        Pass();
        return () => Measure.Of(count, Pass);
    }

    private static Func<Measure> ReadByThreads(Round round, int threads, Func<string, DbConnection> open)
    {
        round.CopySeed();
        var each = round.Count(Reads * 2) / threads;
        var contenders = Enumerable.Range(0, threads).Select(_ =>
        {
            var connection = round.Own(open(round.Database));
            return new Contender(operation => Items.ReadFresh(connection, Items.KeyOf(operation)));
        });
        var crew = new Crew([.. contenders]);
        crew.Each(each);
        return () => crew.Each(each);
    }
}
