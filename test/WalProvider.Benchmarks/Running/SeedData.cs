using Microsoft.Data.Sqlite;

namespace WalProvider.Benchmarks;

/// <summary>The rows that reading rows read, made once, when they are first asked for.</summary>
internal sealed class SeedData(string file)
{
    /// <summary>How many rows; their ids run from 1.</summary>
    public const int Rows = 300_000;

    private readonly Lazy<string> _file = new(() => Make(file));

    /// <summary>A closed database file, with nothing beside it.</summary>
    public string File => _file.Value;

    private static string Make(string file)
    {
        using (var connection = Databases.OpenWrapped(file))
        {
            using var transaction = connection.BeginTransaction();
            using var command = Items.PrepareInsert(connection, transaction);
            for (var id = 1; id <= Rows; id++)
            {
                Items.Insert(command, id);
            }

            transaction.Commit();
        }

        SqliteConnection.ClearAllPools();
        return file;
    }
}
