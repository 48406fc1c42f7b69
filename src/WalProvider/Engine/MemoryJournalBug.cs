namespace WalProvider;

/// <summary>
/// Whether the engine in use has the bug of journals in memory: with <c>temp_store=MEMORY</c> what ROLLBACK TO needs is kept there, and is
/// cut in the wrong place when a savepoint inside another ends at a multiple of 254 pages. What the outer one then undoes comes back as
/// something else, in the transaction that is committed.
/// </summary>
/// <seealso href="https://www.sqlite.org/releaselog/3_37_2.html"/>
internal static class MemoryJournalBug
{
    /// <summary>Whether the engine that is loaded has it.</summary>
    internal static bool IsInEngine { get; } = IsIn(EngineLibrary.ReadVersion());

    /// <summary>Whether a version has it, given as <c>sqlite3_libversion_number</c> does.</summary>
    internal static bool IsIn(int version) => version is >= 3_035_000 and < 3_037_002;
}
