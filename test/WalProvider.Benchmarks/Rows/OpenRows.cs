using Microsoft.Data.Sqlite;

namespace WalProvider.Benchmarks;

/// <summary>A connection for each unit of work: open, one query, close. Both providers pool.</summary>
internal static class OpenRows
{
    private const int Opens = 10_000;

    public static IEnumerable<Row> All()
    {
        yield return new Row(
            "open-query-close",
            "open, one query, close",
            "opens",
            [
                Side.OfOurs(Ours),
                new Side(Side.Wrapped, "wrapped provider, pragmas at each open", round => Wrapped(round, setPragmas: true)),
                new Side("wrapped-bare", "wrapped provider, pragmas left to its pool", round => Wrapped(round, setPragmas: false)),
            ]);
    }

    private static Func<Measure> Ours(Round round)
    {
        round.CopySeed();
        var connectionString = $"Data Source={round.Database}";
        return Repeat(round, operation =>
        {
            using var connection = new WalDbConnection(connectionString);
            connection.Open();
            Items.ReadFresh(connection, Items.KeyOf(operation));
        });
    }

    private static Func<Measure> Wrapped(Round round, bool setPragmas)
    {
        round.CopySeed();
        var connectionString = $"Data Source={round.Database}";
        return Repeat(round, operation =>
        {
            using var connection = new SqliteConnection(connectionString);
            connection.Open();
            if (setPragmas)
            {
                Databases.Execute(connection, Databases.Pragmas);
            }

            Items.ReadFresh(connection, Items.KeyOf(operation));
        });
    }

    private static Func<Measure> Repeat(Round round, Action<long> operation)
    {
        var count = round.Count(Opens);
        return () => Measure.Of(count, () =>
        {
            for (var index = 0; index < count; index++)
            {
                operation(index);
            }
        });
    }
}
