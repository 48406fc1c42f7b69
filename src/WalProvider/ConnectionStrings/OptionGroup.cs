namespace WalProvider;

/// <summary>Where a keyword belongs; the page about connection strings has a table for each.</summary>
internal enum OptionGroup
{
    /// <summary>A keyword of the wrapped provider, with its name and meaning.</summary>
    WrappedProvider,

    /// <summary>A pragma that goes over the profile.</summary>
    Pragma,

    /// <summary>Locks, transactions and the write batch.</summary>
    Writing,

    /// <summary>Sessions, their pool and what they keep.</summary>
    Session,
}
