namespace WalProvider;

/// <summary>A connection of this process that reads a database, so that the WAL cannot be emptied behind it.</summary>
/// <param name="ApplicationName">Who it is: Application Name of its connection string.</param>
/// <param name="Since">When it began to read.</param>
/// <param name="Age">How long that was ago when it was asked.</param>
/// <param name="Sql">What it executes or executed last; the BEGIN of a transaction in which nothing is open.</param>
public sealed record WalReader(string ApplicationName, DateTimeOffset Since, TimeSpan Age, string? Sql)
{
    /// <summary>Who, since when, and what, in one sentence's part.</summary>
    public override string ToString()
        => $"'{ApplicationName}', reading since {Since:u} ({Age.TotalSeconds:0.0} s), SQL: {Sql ?? "(none)"}";
}
