namespace WalProvider;

/// <summary>How a backup is compressed.</summary>
public enum BackupCompression
{
    /// <summary>Not: the backup is a SQLite database that opens with anything.</summary>
    None,

    /// <summary>By gzip: without a passphrase it is an ordinary .gz file, which <c>gunzip</c> unpacks.</summary>
    Gzip,

    /// <summary>By Brotli, in this library's container, since Brotli has no file format of its own. Smaller than gzip.</summary>
    Brotli,
}
