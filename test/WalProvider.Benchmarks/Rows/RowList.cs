namespace WalProvider.Benchmarks;

/// <summary>Every row there is, in the order of the tables.</summary>
internal static class RowList
{
    public static IReadOnlyList<Row> All { get; } =
    [
        .. InsertRows.All(),
        .. ReadRows.All(),
        .. ScanRows.All(),
        .. OpenRows.All(),
        .. TextRows.All(),
        .. ThreadRows.All(),
        .. QueueRows.All(),
        .. ProcessRows.All(),
        .. GateRows.All(),
    ];

    /// <summary>The rows whose name contains the filter; all of them without one.</summary>
    public static IReadOnlyList<Row> Matching(string? filter)
        => [.. All.Where(row => filter is null || row.Name.Contains(filter.Trim('*'), StringComparison.OrdinalIgnoreCase))];
}
