namespace WalProvider;

/// <summary>The journal mode that a backup's header names: what opens it uses this mode until it sets another.</summary>
/// <seealso href="https://www.sqlite.org/fileformat2.html#file_format_version_numbers"/>
public enum BackupJournalMode
{
    /// <summary>A rollback journal: it can be read where nothing can be written, and reading makes no file beside it.</summary>
    Delete,

    /// <summary>Write-ahead log: as soon as it is opened there are a -wal and a -shm beside it.</summary>
    Wal,
}
