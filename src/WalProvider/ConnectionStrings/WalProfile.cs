namespace WalProvider;

/// <summary>
/// The named sets of pragmas that a connection starts with; the keyword <c>Profile</c>. The default is
/// <see cref="Balanced"/>. Keywords for single pragmas go over the profile.
/// </summary>
/// <seealso href="https://www.sqlite.org/pragma.html"/>
public enum WalProfile
{
    /// <summary>WAL with <c>synchronous=NORMAL</c>: never corrupt; a power cut can cost the last commits.</summary>
    Balanced,

    /// <summary>As <see cref="Balanced"/> with <c>synchronous=FULL</c>: a commit that returned survives a power cut.</summary>
    Durable,

    /// <summary>As <see cref="Balanced"/> with a larger page cache, rarer checkpoints and write batches of 5,000.</summary>
    Bulk,

    /// <summary>As <see cref="Balanced"/> with the first 256 MiB of the file memory-mapped.</summary>
    ReadHeavy,

    /// <summary>For files from strangers: an untrusted schema, defensive mode, cell checks, no mapping, no extensions.</summary>
    Hardened,

    /// <summary>No pragma at all beyond those that the connection string names.</summary>
    None,
}
