using System.CommandLine;

namespace WalProvider.Benchmarks;

/// <summary><c>cancel</c>: from Cancel to the end of the call, for long statements of several kinds.</summary>
internal static class CancelVerb
{
    private const int Rounds = 200;
    private const int QuickRounds = 20;

    private static readonly (string Name, string Sql)[] Statements =
    [
        ("recursive query", "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"),
        ("join without an index", "SELECT count(*) FROM item a, item b WHERE a.note < b.name"),
        ("sort of 500,000 rows", "SELECT * FROM item ORDER BY note || name DESC LIMIT 1"),
        ("write of 500,000 rows", "UPDATE item SET note = name || price"),
        ("index over 500,000 rows", "CREATE INDEX i ON item(note, name)"),
    ];

    public static Command Create(CommonOptions options)
    {
        var command = new Command("cancel", "How long does a statement run on after it was cancelled?");
        options.AddTo(command);
        command.SetAction(arguments => Run(arguments, options));
        return command;
    }

    private static void Run(ParseResult arguments, CommonOptions options)
    {
        using var scratch = options.Scratch(arguments);
        Console.WriteLine(Machine.Describe());
        using var connection = Databases.OpenOurs(Path.Combine(scratch.Path, "cancel.db"));
        using (var fill = new WalDbCommand(
            "INSERT INTO item WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 500000) SELECT x, hex(randomblob(8)), x, hex(randomblob(16)) FROM n",
            connection))
        {
            fill.ExecuteNonQuery();
        }

        Console.WriteLine("| Statement | By | Median, ms | Longest, ms |");
        Console.WriteLine("| --- | --- | ---: | ---: |");
        foreach (var (name, sql) in Statements)
        {
            foreach (var byToken in new[] { true, false })
            {
                var delay = CancelDelay.Measure(connection, sql, options.IsQuick(arguments) ? QuickRounds : Rounds, byToken);
                Console.WriteLine($"| {name} | {(byToken ? "token" : "Cancel()")} | {delay.Median:0.00} | {delay.Most:0.00} |");
            }
        }
    }
}
