namespace WalProvider;

/// <summary>Why a backup was refused.</summary>
public enum BackupFailure
{
    /// <summary>The file or stream is neither a SQLite database nor one of our formats.</summary>
    NotABackup,

    /// <summary>It was written by a later version of this library, in a format that this one does not know.</summary>
    NewerFormat,

    /// <summary>It is cut off, or changed since it was written.</summary>
    Damaged,

    /// <summary>It is encrypted, and no passphrase was given.</summary>
    PassphraseMissing,

    /// <summary>The passphrase is not the one it was encrypted with.</summary>
    PassphraseWrong,

    /// <summary>The database that was to be backed up is damaged itself; the message names the pages.</summary>
    SourceDamaged,
}
