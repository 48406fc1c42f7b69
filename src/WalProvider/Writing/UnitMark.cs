namespace WalProvider;

/// <summary>Where a unit began: enough to undo exactly it, and to notice that it is gone.</summary>
/// <param name="Number">Its number among all units of the session.</param>
/// <param name="Depth">How many units it is inside of, itself counted.</param>
/// <param name="Pending">How many writes were pending before it.</param>
internal readonly record struct UnitMark(long Number, int Depth, int Pending);
