namespace WalProvider;

/// <summary>The sessions of one pool at one moment.</summary>
/// <param name="Open">Sessions that are open, in use or idle.</param>
/// <param name="InUse">Sessions that an open connection holds.</param>
/// <param name="Idle">Sessions that wait for the next connection.</param>
/// <param name="Waiting">Callers of Open that wait for a session.</param>
/// <param name="Created">Sessions opened since the pool began.</param>
/// <param name="Dropped">Sessions closed since the pool began: too many, too long idle, changed by their user, or of a replaced file.</param>
public readonly record struct WalPoolStatistics(int Open, int InUse, int Idle, int Waiting, long Created, long Dropped);
