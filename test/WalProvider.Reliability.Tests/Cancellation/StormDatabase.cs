namespace WalProvider.Tests;

/// <summary>A database with a patient pool and one that gives up at once, and what was written to it.</summary>
internal sealed class StormDatabase : IDisposable
{
    private readonly TestDatabase _patient;

    /// <param name="impatience">The keywords of those who are to meet their timeouts.</param>
    /// <param name="keywords">Those of the others.</param>
    public StormDatabase(string impatience, string keywords = "")
    {
        _patient = new TestDatabase(keywords);
        Impatient = new WalDbDataSourceBuilder($"Data Source={File};{impatience}").Build();
        using var connection = Open();
        connection.Run(StormLedger.Schema);
    }

    public StormLedger Ledger { get; } = new();

    /// <summary>Whose connections have hardly any time.</summary>
    public WalDbDataSource Impatient { get; }

    public WalDbDataSource Patient => _patient.Source;

    public WalDbDataSource[] Sources => [Impatient, Patient];

    public string File => _patient.File;

    public string Folder => _patient.Folder;

    public WalDbConnection Open() => _patient.Open();

    /// <summary>A connection, not yet open, for something that is to be stopped in a way.</summary>
    public WalDbConnection Create(StopWay way) => (way is StopWay.Timeout ? Impatient : Patient).CreateConnection();

    public void Dispose()
    {
        Impatient.Dispose();
        _patient.Dispose();
    }
}
