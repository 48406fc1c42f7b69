namespace WalProvider.Benchmarks;

/// <summary>One way of doing a row's work.</summary>
/// <param name="Name">Its short name, unique in its row.</param>
/// <param name="Label">What it is, for tables.</param>
/// <param name="Prepare">Makes fresh state, untimed, and gives the work, which times itself.</param>
internal sealed record Side(string Name, string Label, Func<Round, Func<Measure>> Prepare)
{
    public const string Ours = "ours";
    public const string Wrapped = "wrapped";
    public const string HandTuned = "hand-tuned";
    public const string CApi = "c-api";
    public const string AsInstalled = "as-installed";

    /// <summary>The side that this project stands for.</summary>
    public static Side OfOurs(Func<Round, Func<Measure>> prepare) => new(Ours, "WalProvider", prepare);

    /// <summary>The wrapped provider with the same pragmas.</summary>
    public static Side OfWrapped(Func<Round, Func<Measure>> prepare) => new(Wrapped, "wrapped provider", prepare);

    /// <summary>The engine's C API, bound by SQLitePCLRaw.</summary>
    public static Side OfCApi(Func<Round, Func<Measure>> prepare) => new(CApi, "C API by SQLitePCL.raw", prepare);
}
