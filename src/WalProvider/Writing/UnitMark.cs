namespace WalProvider;

/// <summary>Where a unit began: enough to undo exactly it, and to notice that its batch is gone.</summary>
/// <param name="Batch">The number of the batch that it is part of.</param>
/// <param name="Depth">How many units it is inside of, itself counted.</param>
/// <param name="Pending">How many writes were pending before it.</param>
internal readonly record struct UnitMark(long Batch, int Depth, int Pending);
