using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace WalProvider.Worker;

/// <summary>The verb of a reading process beside a writer.</summary>
internal sealed class WatchVerb : IDisposable
{
    /// <summary>The writer gives both the number of its commit, in one transaction.</summary>
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS left_half(n INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS right_half(n INTEGER NOT NULL);
        """;

    private const string Look = "SELECT left_half.n, right_half.n FROM left_half, right_half";

    private readonly string _database;
    private readonly WatchWay _way;
    private readonly DbConnection? _kept;
    private long _seen;
    private WatchResult _result = new(0, 0, 0, 0, 0, "");

    private WatchVerb(string database, WatchWay way)
    {
        _database = database;
        _way = way;
        _kept = way is WatchWay.Opened ? null : Open();
    }

    /// <summary>Prints "ready", reads until the board says that it is over, and prints what it saw.</summary>
    /// <param name="database">The database, beside which the board stands.</param>
    /// <param name="plan">The way, and the number of this reader.</param>
    public static void Run(string database, string plan)
    {
        var parts = plan.Split(' ');
        var number = int.Parse(parts[1], CultureInfo.InvariantCulture);
        using var board = new Board(database);
        using var watch = new WatchVerb(database, Enum.Parse<WatchWay>(parts[0]));
        Console.WriteLine("ready");
        while (!board.IsOver)
        {
            watch.ReadOnce(board.Announced);
            board.CountRead(number);
        }

        Console.WriteLine(watch._result);
    }

    public void Dispose() => _kept?.Dispose();

    private void ReadOnce(long announced)
    {
        try
        {
            var (left, right) = Read();
            _result = _result with
            {
                Reads = _result.Reads + 1,
                Behind = _result.Behind + (left < announced ? 1 : 0),
                Backward = _result.Backward + (left < _seen ? 1 : 0),
                Torn = _result.Torn + (left != right ? 1 : 0),
            };
            _seen = left;
        }
        catch (DbException error)
        {
            _result = _result with { Errors = _result.Errors + 1, FirstError = _result.Errors == 0 ? error.Message : _result.FirstError };
        }
    }

    private (long Left, long Right) Read()
    {
        if (_kept is null)
        {
            using var connection = Open();
            return Halves(connection);
        }

        using var transaction = _way switch
        {
            WatchWay.Deferred => ((WalDbConnection)_kept).BeginTransaction(deferred: true),
            WatchWay.Snapshot => ((WalDbConnection)_kept).BeginSnapshot(),
            _ => null,
        };
        var halves = Halves(_kept);
        transaction?.Commit();
        return halves;
    }

    private static (long Left, long Right) Halves(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Look;
        using var reader = command.ExecuteReader();
        reader.Read();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    private DbConnection Open()
    {
        DbConnection connection = _way switch
        {
            WatchWay.Wrapped => new SqliteConnection($"Data Source={_database};Pooling=False"),
            WatchWay.ReadOnly => new WalDbConnection($"Data Source={_database};Mode=ReadOnly"),
            WatchWay.Immutable => new WalDbConnection($"Data Source={new Uri(_database).AbsoluteUri}?immutable=1;Mode=ReadOnly"),
            _ => new WalDbConnection($"Data Source={_database}"),
        };
        connection.Open();
        return connection;
    }
}
