namespace WalProvider;

/// <summary>What was done to a row.</summary>
/// <seealso href="https://www.sqlite.org/c3ref/update_hook.html"/>
public enum ChangeKind
{
    /// <summary>A row was inserted, or replaced under the same rowid.</summary>
    Insert,

    /// <summary>A row was updated.</summary>
    Update,

    /// <summary>A row was deleted.</summary>
    Delete,

    /// <summary>
    /// More rows of the table were changed in the transaction than are told one by one; which, and how, is not known.
    /// </summary>
    Many,
}
