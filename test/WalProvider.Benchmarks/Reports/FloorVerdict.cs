namespace WalProvider.Benchmarks;

/// <summary>Whether every floor held.</summary>
internal static class FloorVerdict
{
    /// <summary>Says so, names floors that nothing measures, and gives the exit code: 0, or 1 if anything is wrong.</summary>
    public static int Write(TextWriter output, ReportTable table, IReadOnlyList<string> unmatched)
    {
        foreach (var key in unmatched)
        {
            output.WriteLine($"{key}: has a floor, but nothing measures it");
        }

        var below = table.Lines.Count(line => line.IsBelowFloor);
        output.WriteLine($"{table.Lines.Count - below} of {table.Lines.Count} floors held");
        return below + unmatched.Count == 0 ? 0 : 1;
    }
}
