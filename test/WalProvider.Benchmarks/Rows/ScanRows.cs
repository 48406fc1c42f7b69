using System.Data.Common;
using Dapper;

namespace WalProvider.Benchmarks;

/// <summary>Reading all 300,000 rows.</summary>
internal static class ScanRows
{
    public static IEnumerable<Row> All()
    {
        yield return new Row(
            "scan",
            "scan of 300,000 rows, typed getters",
            "rows",
            [
                Side.OfOurs(round => Scan(OpenOurs(round), ByTypedGetters)),
                Side.OfWrapped(round => Scan(OpenWrapped(round), ByTypedGetters)),
                Side.OfCApi(CApi),
            ]);
        yield return new Row(
            "scan-values",
            "scan of 300,000 rows, GetValues",
            "rows",
            [
                Side.OfOurs(round => Scan(OpenOurs(round), ByGetValues)),
                Side.OfWrapped(round => Scan(OpenWrapped(round), ByGetValues)),
            ]);
        yield return new Row(
            "scan-dapper",
            "scan of 300,000 rows, Dapper Query",
            "rows",
            [
                Side.OfOurs(round => Scan(OpenOurs(round), ByDapper)),
                Side.OfWrapped(round => Scan(OpenWrapped(round), ByDapper)),
            ]);
    }

    private static long ByTypedGetters(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Items.SelectSql;
        using var reader = command.ExecuteReader();
        var (rows, sum) = (0L, 0L);
        for (; reader.Read(); rows++)
        {
            sum += Items.SumOf(reader);
        }

        return sum == 0 ? 0 : rows;
    }

    private static long ByGetValues(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Items.SelectSql;
        using var reader = command.ExecuteReader();
        var values = new object[4];
        var rows = 0L;
        for (; reader.Read(); rows++)
        {
            reader.GetValues(values);
        }

        return rows;
    }

    private static long ByDapper(DbConnection connection)
    {
        var rows = 0L;
        foreach (var _ in connection.Query<Item>(Items.SelectSql, buffered: false))
        {
            rows++;
        }

        return rows;
    }

    private static DbConnection OpenOurs(Round round)
    {
        round.CopySeed();
        return round.Own(Databases.OpenOurs(round.Database));
    }

    private static DbConnection OpenWrapped(Round round)
    {
        round.CopySeed();
        return round.Own(Databases.OpenWrapped(round.Database));
    }

    private static Func<Measure> CApi(Round round)
    {
        round.CopySeed();
        var statement = round.Own(new RawStatement(round.Own(Databases.OpenWrapped(round.Database)), Items.SelectSql));
        return Complete(() => statement.Scan().Rows);
    }

    private static Func<Measure> Scan(DbConnection connection, Func<DbConnection, long> scan) => Complete(() => scan(connection));

    // The first scan is not timed: it fills the page cache of a fresh connection, which is the same for all.
    private static Func<Measure> Complete(Func<long> scan)
    {
        scan();
        return () => Measure.Of(SeedData.Rows, () =>
        {
            if (scan() != SeedData.Rows)
            {
                throw new InvalidOperationException("The scan did not see every row.");
            }
        });
    }
}
