namespace WalProvider;

/// <summary>What the copy is made with.</summary>
public enum BackupMode
{
    /// <summary>Page by page, as the database is. The fastest, in steps with rests between them.</summary>
    Online,

    /// <summary>
    /// By <c>VACUUM INTO</c>: rebuilt without free pages, each table in one piece. Slower, one step, and often smaller.
    /// </summary>
    /// <seealso href="https://www.sqlite.org/lang_vacuum.html#vacuum_with_an_into_clause"/>
    VacuumInto,
}
