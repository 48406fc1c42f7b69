using System.Data.Common;

namespace WalProvider.Benchmarks;

/// <summary>Eight threads of one process that write the same database, each insert its own commit.</summary>
internal static class ThreadRows
{
    private const int Threads = 8;
    private const int SlowRounds = 5;
    private static readonly TimeSpan SteadySpan = TimeSpan.FromSeconds(5);

    public static IEnumerable<Row> All()
    {
        yield return UntilDone("threads-normal", "8 threads, 2,000 autocommit inserts each, NORMAL, until all are done", 2_000, "", "");
        yield return new Row(
            "threads-steady",
            "8 threads of autocommit inserts for 5 s, NORMAL",
            "rows",
            [
                Side.OfOurs(round => Steady(round, OpenOurs(round))),
                Side.OfWrapped(round => Steady(round, OpenWrapped(round))),
            ])
        {
            Rounds = SlowRounds,
        };
        yield return UntilDone(
            "threads-full",
            "8 threads, 300 autocommit inserts each, FULL, until all are done",
            300,
            "Synchronous=FULL",
            "PRAGMA synchronous=FULL;");
    }

    /// <summary>One insert by a fresh command; the engine gives the key.</summary>
    public static void Insert(DbConnection connection, long operation)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO item(name, price, note) VALUES (@name, @price, NULL)";
        AddParameter(command, "@name", Items.NameOf(operation));
        AddParameter(command, "@price", Items.PriceOf(operation));
        command.ExecuteNonQuery();
    }

    private static Row UntilDone(string name, string work, int each, string options, string pragmas) => new(
        name,
        work,
        "rows",
        [
            Side.OfOurs(round => Each(round, each, OpenOurs(round, options))),
            Side.OfWrapped(round => Each(round, each, OpenWrapped(round, pragmas))),
        ])
    {
        Rounds = SlowRounds,
    };

    private static Func<DbConnection> OpenOurs(Round round, string options = "")
        => () => Databases.OpenOurs(round.Database, options);

    private static Func<DbConnection> OpenWrapped(Round round, string pragmas = "")
        => () => Databases.OpenWrapped(round.Database, pragmas);

    private static Func<Measure> Each(Round round, int count, Func<DbConnection> open)
    {
        var crew = CrewOf(round, open);
        return () => crew.Each(round.Count(count));
    }

    private static Func<Measure> Steady(Round round, Func<DbConnection> open)
    {
        var crew = CrewOf(round, open);
        return () => crew.For(round.Span(SteadySpan));
    }

    private static Crew CrewOf(Round round, Func<DbConnection> open)
    {
        var contenders = Enumerable.Range(0, Threads).Select(_ =>
        {
            var connection = round.Own(open());
            return new Contender(operation => Insert(connection, operation));
        });
        return new Crew([.. contenders]);
    }

    private static void AddParameter(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
