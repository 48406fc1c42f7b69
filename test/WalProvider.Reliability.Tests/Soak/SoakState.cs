namespace WalProvider.Tests;

/// <summary>What is in the database between two periods.</summary>
/// <param name="Units">Units of the ledger, which the killed processes wrote.</param>
/// <param name="Marks">Rows that this process wrote.</param>
internal sealed record SoakState(long Units, long Marks)
{
    public static SoakState Empty { get; } = new(0, 0);
}
