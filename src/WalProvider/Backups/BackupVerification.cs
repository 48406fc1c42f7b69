namespace WalProvider;

/// <summary>How a copy is looked through before it takes its name, or a backup before it is restored.</summary>
/// <seealso href="https://www.sqlite.org/pragma.html#pragma_integrity_check"/>
public enum BackupVerification
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By <c>PRAGMA quick_check</c>: every page and every row, but not whether the indexes agree with their tables.</summary>
    Quick,

    /// <summary>By <c>PRAGMA integrity_check</c>: indexes too. Several times slower where there are many.</summary>
    Full,
}
