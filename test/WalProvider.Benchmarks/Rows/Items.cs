using System.Data.Common;
using System.Globalization;

namespace WalProvider.Benchmarks;

/// <summary>
/// The user's code of the rows, written once against ADO.NET's base classes: the same methods run on both providers.
/// </summary>
internal static class Items
{
    public const string InsertSql = "INSERT INTO item(id, name, price, note) VALUES (@id, @name, @price, @note)";
    public const string SelectSql = "SELECT id, name, price, note FROM item";
    public const string ByKeySql = "SELECT id, name, price, note FROM item WHERE id = @id";

    // Texts are made beforehand: what formatting costs is none of a provider's.
    private static readonly string[] Names =
        [.. Enumerable.Range(0, 1024).Select(n => string.Create(CultureInfo.InvariantCulture, $"item number {n}"))];

    public static string NameOf(long id) => Names[id & 1023];

    public static double PriceOf(long id) => id * 0.25;

    /// <summary>Every third has no note.</summary>
    public static string? NoteOf(long id) => id % 3 == 0 ? null : "a note of some length";

    /// <summary>A key that jumps about, the same for every side.</summary>
    public static long KeyOf(long operation) => operation * 7919 % SeedData.Rows + 1;

    /// <summary>Inserts with a fresh command and fresh parameters, as most code does.</summary>
    public static void InsertFresh(DbConnection connection, DbTransaction? transaction, long id)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = InsertSql;
        AddParameters(command);
        Insert(command, id);
    }

    /// <summary>A prepared command, for hand-tuned code that keeps it.</summary>
    public static DbCommand PrepareInsert(DbConnection connection, DbTransaction? transaction)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = InsertSql;
        AddParameters(command);
        command.Prepare();
        return command;
    }

    /// <summary>Gives the four parameters their values and executes.</summary>
    public static void Insert(DbCommand command, long id)
    {
        var parameters = command.Parameters;
        parameters[0].Value = id;
        parameters[1].Value = NameOf(id);
        parameters[2].Value = PriceOf(id);
        parameters[3].Value = NoteOf(id) ?? (object)DBNull.Value;
        command.ExecuteNonQuery();
    }

    /// <summary>Reads one row by a fresh command; the sum stands for what a program does with it.</summary>
    public static long ReadFresh(DbConnection connection, long id)
    {
        using var command = connection.CreateCommand();
        command.CommandText = ByKeySql;
        AddParameter(command, "@id").Value = id;
        using var reader = command.ExecuteReader();
        return reader.Read() ? SumOf(reader) : throw new InvalidOperationException($"Item {id} is missing.");
    }

    /// <summary>Reads the four columns of the current row by typed getters.</summary>
    public static long SumOf(DbDataReader reader)
        => reader.GetInt64(0) + reader.GetString(1).Length + (long)reader.GetDouble(2)
            + (reader.IsDBNull(3) ? 0 : reader.GetString(3).Length);

    private static void AddParameters(DbCommand command)
    {
        AddParameter(command, "@id");
        AddParameter(command, "@name");
        AddParameter(command, "@price");
        AddParameter(command, "@note");
    }

    private static DbParameter AddParameter(DbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        command.Parameters.Add(parameter);
        return parameter;
    }
}
