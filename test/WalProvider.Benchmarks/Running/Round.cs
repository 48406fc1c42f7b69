namespace WalProvider.Benchmarks;

/// <summary>
/// One side's turn in one round: a fresh folder, and what is opened for it. Both are gone when the turn is over, so that
/// no side finds a warm pool or a long write-ahead log that another has left.
/// </summary>
internal sealed class Round(string folder, SeedData seed, bool isQuick) : IDisposable
{
    private readonly Stack<IDisposable> _owned = new();

    /// <summary>A new, empty folder on disk.</summary>
    public string Folder { get; } = Directory.CreateDirectory(folder).FullName;

    /// <summary>The database of this turn.</summary>
    public string Database => Path.Combine(Folder, "bench.db");

    /// <summary>Puts a copy of the seeded rows where <see cref="Database"/> says.</summary>
    public void CopySeed() => File.Copy(seed.File, Database);

    /// <summary>How many operations to do: a tenth in a quick run.</summary>
    public int Count(int operations) => isQuick ? Math.Max(1, operations / 10) : operations;

    /// <summary>How long to go on: a fifth in a quick run.</summary>
    public TimeSpan Span(TimeSpan span) => isQuick ? span / 5 : span;

    /// <summary>Keeps something until the turn is over; what came last is disposed first.</summary>
    public T Own<T>(T resource)
        where T : IDisposable
    {
        _owned.Push(resource);
        return resource;
    }

    public void Dispose()
    {
        while (_owned.TryPop(out var resource))
        {
            resource.Dispose();
        }

        WalDbConnection.ClearAllPools();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }
}
