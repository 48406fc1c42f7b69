namespace WalProvider.Tool;

/// <summary>What a database file is made of.</summary>
/// <param name="Database">Its full path.</param>
/// <param name="FileBytes">The main file's size.</param>
/// <param name="WalBytes">The size of the write-ahead log; 0 where there is none.</param>
/// <param name="PageSize">The pragma page_size, in bytes.</param>
/// <param name="PageCount">The pragma page_count.</param>
/// <param name="FreelistCount">The pragma freelist_count: pages that are not in use.</param>
/// <param name="JournalMode">The pragma journal_mode.</param>
/// <param name="Encoding">The pragma encoding.</param>
/// <param name="UserVersion">The pragma user_version.</param>
/// <param name="EngineVersion">The version of SQLite that read it.</param>
/// <param name="Tables">Its tables.</param>
internal sealed record DatabaseStatistics(
    string Database,
    long FileBytes,
    long WalBytes,
    long PageSize,
    long PageCount,
    long FreelistCount,
    string JournalMode,
    string Encoding,
    long UserVersion,
    string EngineVersion,
    IReadOnlyList<TableStatistics> Tables);
