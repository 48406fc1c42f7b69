using System.Data.Common;
using System.Globalization;

namespace WalProvider.Benchmarks;

/// <summary>A program that writes its values into the SQL, so that no two texts are alike and no cache helps.</summary>
internal static class TextRows
{
    private const int Texts = 100_000;

    public static IEnumerable<Row> All()
    {
        yield return new Row(
            "many-texts",
            "100,000 different SQL texts through one connection",
            "reads",
            [
                Side.OfOurs(round => Run(round, () => Databases.OpenOurs(round.Database))),
                Side.OfWrapped(round => Run(round, () => Databases.OpenWrapped(round.Database))),
                new Side("cache-off", "WalProvider, Statement Cache Size=0", round => Run(round, () => Databases.OpenOurs(round.Database, "Statement Cache Size=0"))),
            ])
        {
            Rounds = 5,
        };
    }

    private static Func<Measure> Run(Round round, Func<DbConnection> open)
    {
        round.CopySeed();
        var connection = round.Own(open());
        var count = round.Count(Texts);
        return () => Measure.Of(count, () =>
        {
            for (var operation = 0; operation < count; operation++)
            {
                Read(connection, Items.KeyOf(operation));
            }
        });
    }

    private static void Read(DbConnection connection, long id)
    {
        using var command = connection.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"{Items.SelectSql} WHERE id = {id}");
        using var reader = command.ExecuteReader();
        reader.Read();
        Items.SumOf(reader);
    }
}
