namespace WalProvider.Benchmarks;

/// <summary>A table of results, the same on the terminal and in the documents.</summary>
/// <param name="Name">By which the documents name its place.</param>
/// <param name="Headings">One for each column; the first two columns are text, the rest numbers.</param>
/// <param name="Lines">The lines.</param>
internal sealed record ReportTable(string Name, IReadOnlyList<string> Headings, IReadOnlyList<ReportLine> Lines);
