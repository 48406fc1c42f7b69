namespace WalProvider.Tests;

/// <summary>Several files, each with a data source, under a bound of their own.</summary>
internal sealed class BudgetedDatabases : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<WalDbDataSource> _sources = [];
    private readonly string _keywords;
    private readonly TimeProvider _clock;

    /// <param name="keywords">More of the connection strings: Max Open Sessions, mostly.</param>
    /// <param name="files">How many.</param>
    /// <param name="clock">What waits are measured by; the system's where null.</param>
    public BudgetedDatabases(string keywords, int files, TimeProvider? clock = null)
    {
        _keywords = keywords;
        _clock = clock ?? TimeProvider.System;
        for (var index = 0; index < files; index++)
            _sources.Add(Build(index, ""));
    }

    public SessionBudget Budget { get; } = new();

    public WalDbDataSource this[int index] => _sources[index];

    public WalDbConnection Open(int index) => _sources[index].OpenConnection();

    /// <summary>One more data source for a file, with more keywords.</summary>
    public WalDbDataSource Build(int index, string keywords)
        => new WalDbDataSourceBuilder($"Data Source={_folder.File($"{index}.db")};{_keywords};{keywords}") { Budget = Budget }
            .UseTimeProvider(_clock).Build();

    public void Dispose()
    {
        _sources.ForEach(source => source.Dispose());
        _folder.Dispose();
    }
}
