using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>What threads do to the one connection that they share, each with commands of its own.</summary>
internal sealed class Blows(WalDbConnection connection)
{
    private readonly ConcurrentDictionary<long, int> _written = [];
    private long _last;
    private int _refused;

    /// <summary>How many calls were refused.</summary>
    public int Refused => _refused;

    /// <summary>One statement or one text, outside of any transaction; its result must be its own.</summary>
    public void Statement(Random random)
    {
        var id = Interlocked.Increment(ref _last);
        var number = id.ToString(CultureInfo.InvariantCulture);
        Try(() =>
        {
            switch (random.Next(5))
            {
                case 0:
                    connection.Ask($"SELECT {number}").ShouldBe(id);
                    break;
                case 1:
                    Ask(id).ShouldBe(id);
                    break;
                case 2:
                    ReadRows(id);
                    break;
                case 3:
                    connection.Run($"INSERT INTO t VALUES({number}), ({number})").ShouldBe(2);
                    _written[id] = 2;
                    break;
                default:
                    Insert(id).ShouldBe(1);
                    _written[id] = 1;
                    break;
            }
        });
    }

    /// <summary>Every write that returned is there, and none that was refused.</summary>
    public void ShouldBeIn(TestDatabase database)
    {
        using var other = database.Open();
        using var reader = other.Read("SELECT a, count(*) FROM t GROUP BY a");
        var found = new Dictionary<long, int>();
        while (reader.Read())
            found.Add(reader.GetInt64(0), reader.GetInt32(1));
        found.Where(row => _written.GetValueOrDefault(row.Key) != row.Value).ShouldBeEmpty("written, though it was refused");
        _written.Where(row => found.GetValueOrDefault(row.Key) != row.Value).ShouldBeEmpty("gone, though it returned");
    }

    private void Try(Action call)
    {
        try
        {
            call();
        }
        catch (InvalidOperationException)
        {
            Interlocked.Increment(ref _refused);
        }
    }

    private object? Ask(long id)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT $id";
        command.Parameters.AddWithValue("$id", id);
        return command.ExecuteScalar();
    }

    private int Insert(long id)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO t VALUES($id)";
        command.Parameters.AddWithValue("$id", id);
        return command.ExecuteNonQuery();
    }

    private void ReadRows(long id)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT $id UNION ALL SELECT $id + 1 UNION ALL SELECT $id + 2";
        command.Parameters.AddWithValue("$id", id);
        using DbDataReader reader = command.ExecuteReader();
        for (var row = 0; row < 3; row++)
        {
            reader.Read().ShouldBeTrue();
            reader.GetInt64(0).ShouldBe(id + row);
        }

        reader.Read().ShouldBeFalse();
    }
}
