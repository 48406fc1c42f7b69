using Shouldly;
using WalProvider.Worker;

namespace WalProvider.Tests;

/// <summary>What several writers of one table met together.</summary>
internal sealed class Contention(IReadOnlyList<ContenderResult> results)
{
    /// <summary>The longest insert of all.</summary>
    public TimeSpan LongestWait => results.Max(result => result.Longest);

    /// <summary>What the poorest has done of what the richest has.</summary>
    public double PoorestShare => results.Min(result => result.Done) / (double)Math.Max(1, results.Max(result => result.Done));

    /// <summary>Every row that was taken is there, once; nobody met an error, and everybody got on.</summary>
    public void ShouldHaveWritten(TestDatabase database)
    {
        results.Where(result => result.Errors > 0).Select(result => result.FirstError).ShouldBeEmpty();
        results.ShouldAllBe(result => result.Done > 0);
        using var connection = database.Open();
        connection.Ask("PRAGMA integrity_check").ShouldBe("ok");
        using var reader = connection.Read("SELECT writer, count(*), count(DISTINCT n), max(n) + 1 FROM contended GROUP BY writer ORDER BY writer");
        for (var writer = 0; writer < results.Count; writer++)
        {
            reader.Read().ShouldBeTrue();
            var done = results[writer].Done;
            (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3)).ShouldBe((writer, done, done, done));
        }

        reader.Read().ShouldBeFalse();
    }

    public override string ToString()
        => $"{results.Sum(result => result.Done):N0} rows, longest wait {LongestWait.TotalMilliseconds:0} ms, poorest share {PoorestShare:0.00}";
}
