namespace WalProvider.Tool;

/// <summary>What came of an import.</summary>
/// <param name="Plan">What the file held.</param>
/// <param name="Rows">How many rows were written.</param>
/// <param name="Elapsed">How long scanning and loading took.</param>
internal sealed record ImportReport(ImportPlan Plan, long Rows, TimeSpan Elapsed);
