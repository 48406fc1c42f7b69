using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace WalProvider.Worker;

/// <summary>The verb of one of several writing processes.</summary>
internal static class ContendVerb
{
    private static readonly Stint WarmUp = new(300, TimeSpan.Zero);

    /// <summary>Warms up on a database of its own, prints "ready", does the stint that it is told, and prints what it met.</summary>
    /// <param name="database">The database.</param>
    /// <param name="plan">"ours" or "wrapped", and the number of this writer.</param>
    public static void Run(string database, string plan)
    {
        var parts = plan.Split(' ');
        var number = int.Parse(parts[1], CultureInfo.InvariantCulture);
        using (var own = Open(parts[0], $"{database}-{number}"))
            Contend(own, number, WarmUp);

        using var connection = Open(parts[0], database);
        Console.WriteLine("ready");
        if (Console.ReadLine() is { } stint)
            Console.WriteLine(Contend(connection, number, Stint.Parse(stint)));
    }

    private static ContenderResult Contend(DbConnection connection, int number, Stint stint)
        => new Contender(connection, number).Run(stint, async: false).GetAwaiter().GetResult();

    private static DbConnection Open(string provider, string database)
    {
        DbConnection connection = provider == "ours"
            ? new WalDbConnection($"Data Source={database}")
            : new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        // What ours sets by itself.
        command.CommandText = provider == "ours" ? Contender.Schema : "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; " + Contender.Schema;
        command.ExecuteNonQuery();
        return connection;
    }
}
