using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
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
            switch (random.Next(6))
            {
                case 0:
                    connection.Ask($"SELECT {number}").ShouldBe(id);
                    break;
                case 1:
                    Ask(id).ShouldBe(id);
                    break;
                case 2:
                    connection.Ask($"INSERT INTO t VALUES({number}) RETURNING a").ShouldBe(id);
                    _written[id] = 1;
                    break;
                case 3:
                    ReadRows(id);
                    break;
                case 4:
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

    /// <summary>Anything that an open connection can be told, whoever is in the middle of something.</summary>
    public void Anything(Random random) => Try(() =>
    {
        switch (random.Next(9))
        {
            case 0:
                using (var transaction = connection.BeginTransaction())
                {
                    Insert(0);
                    if (random.Next(2) == 0)
                        transaction.Commit();
                }

                break;
            case 1:
                using (var unit = connection.BeginBatchUnit())
                {
                    Insert(0);
                    unit.Complete();
                }

                break;
            case 2:
                connection.CommitBatch();
                break;
            case 3:
                using (var batch = connection.CreateBatch())
                {
                    batch.BatchCommands.Add(new WalDbBatchCommand("INSERT INTO t VALUES(0)"));
                    batch.BatchCommands.Add(new WalDbBatchCommand("INSERT INTO t VALUES(0)"));
                    batch.ExecuteNonQuery();
                }

                break;
            case 4:
                using (var reader = connection.Read("SELECT a FROM t LIMIT 5"))
                {
                    while (reader.Read())
                        reader.GetInt64(0).ShouldBe(0L);
                }

                break;
            case 5:
                connection.Run("PRAGMA user_version");
                break;
            case 6:
                connection.GetSchema("Tables");
                break;
            case 7:
                using (var reader = connection.Read("INSERT INTO t VALUES(0), (0), (0) RETURNING a"))
                    reader.Read().ShouldBeTrue();
                break;
            default:
                Insert(0);
                break;
        }
    }, IsOfAnothersTransaction);

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

    private void Try(Action call, Predicate<Exception>? isRefusal = null)
    {
        try
        {
            call();
        }
        catch (Exception error) when (error is InvalidOperationException || isRefusal?.Invoke(error) == true)
        {
            Interlocked.Increment(ref _refused);
        }
    }

    // SQLite's own refusal to begin, or to end, inside of what another thread has begun or ended, or beside what it writes.
    private static bool IsOfAnothersTransaction(Exception error)
        => error is SqliteException { SqliteErrorCode: 1 } or SqliteBusyException { IsTransient: false };

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
