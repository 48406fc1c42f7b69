using System.Data.Common;
using System.Globalization;

namespace WalProvider.Benchmarks;

/// <summary>
/// The records of the fork proof: of each five one is a person, two are its orders and two its readings. Every value follows
/// from the key, so that each process can tell a wrong row from a right one by itself.
/// </summary>
internal static class ForkRecords
{
    public const int RecordsOfUnit = 5;

    public const string Schema =
        """
        CREATE TABLE IF NOT EXISTS person(id INTEGER PRIMARY KEY, name TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS orders(id INTEGER PRIMARY KEY, person INTEGER NOT NULL, amount INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS reading(id INTEGER PRIMARY KEY, person INTEGER NOT NULL, value INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS noise(id INTEGER PRIMARY KEY, text TEXT NOT NULL);
        """;

    /// <summary>Writes one unit.</summary>
    public static void Write(DbConnection connection, int unit)
    {
        Insert(connection, "INSERT INTO person VALUES (@a, @b)", unit, Name(unit));
        for (var part = 0; part < 2; part++)
        {
            var id = (2 * unit) + part;
            Insert(connection, "INSERT INTO orders VALUES (@a, @b, @c)", id, unit, Value(id, 7));
            Insert(connection, "INSERT INTO reading VALUES (@a, @b, @c)", id, unit, Value(id, 11));
        }
    }

    /// <summary>How many records of a range of units are there and right.</summary>
    public static long CountRight(DbConnection connection, int fromUnit, int toUnit)
        => CountRight(connection, "SELECT id, id, name FROM person WHERE id >= @a AND id < @b", fromUnit, toUnit, (id, _, value) => Equals(value, Name(id)))
            + CountRight(connection, Children("orders", "amount"), 2 * fromUnit, 2 * toUnit, (id, person, value) => person == id / 2 && Equals(value, Value(id, 7)))
            + CountRight(connection, Children("reading", "value"), 2 * fromUnit, 2 * toUnit, (id, person, value) => person == id / 2 && Equals(value, Value(id, 11)));

    /// <summary>One number over all records.</summary>
    public static long Checksum(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT (SELECT total(id * length(name)) FROM person) + (SELECT total(amount) FROM orders) + (SELECT total(value) FROM reading)
            """;
        return (long)(double)command.ExecuteScalar()!;
    }

    /// <summary>What that number must be, worked out without a database.</summary>
    public static long Checksum(int units)
    {
        var sum = 0.0;
        for (var unit = 0; unit < units; unit++)
        {
            sum += (double)unit * Name(unit).Length;
        }

        for (var id = 0; id < 2 * units; id++)
        {
            sum += Value(id, 7) + Value(id, 11);
        }

        return (long)sum;
    }

    private static string Children(string table, string column) => $"SELECT id, person, {column} FROM {table} WHERE id >= @a AND id < @b";

    private static string Name(long id) => string.Create(CultureInfo.InvariantCulture, $"person {id} of the proof");

    private static long Value(long id, int factor) => id * factor % 1_000_003;

    private static long CountRight(DbConnection connection, string sql, int from, int to, Func<long, long, object, bool> isRight)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Add(command, "@a", from);
        Add(command, "@b", to);
        using var reader = command.ExecuteReader();
        long count = 0;
        while (reader.Read())
        {
            count += isRight(reader.GetInt64(0), reader.GetInt64(1), reader.GetValue(2)) ? 1 : 0;
        }

        return count;
    }

    private static void Insert(DbConnection connection, string sql, params object[] values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var index = 0; index < values.Length; index++)
        {
            Add(command, index switch { 0 => "@a", 1 => "@b", _ => "@c" }, values[index]);
        }

        command.ExecuteNonQuery();
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
