namespace WalProvider;

/// <summary>
/// Whether the engine in use has the WAL-reset bug: a checkpoint that looks at a WAL which is wholly in the main file, just as a
/// writer of another connection begins it anew, takes the new frames for copied, and commits are lost.
/// </summary>
/// <seealso href="https://www.sqlite.org/wal.html#walresetbug"/>
internal static class WalResetBug
{
    /// <summary>Whether the engine that is loaded has it.</summary>
    internal static bool IsInEngine { get; } = IsIn(EngineLibrary.ReadVersion());

    /// <summary>Whether a version has it, given as <c>sqlite3_libversion_number</c> does.</summary>
    internal static bool IsIn(int version) => version switch
    {
        < 3_007_000 => false,
        >= 3_044_006 and < 3_045_000 => false,
        >= 3_050_007 and < 3_051_000 => false,
        _ => version < 3_051_003,
    };
}
