namespace WalProvider.Benchmarks;

/// <summary>A line of a table.</summary>
/// <param name="Cells">As many as the table has headings.</param>
internal sealed record ReportLine(params IReadOnlyList<string> Cells)
{
    /// <summary>Whether it stands out, as something that fails.</summary>
    public bool IsBelowFloor { get; init; }
}
