namespace WalProvider.Tests;

/// <summary>How something is stopped while it waits or runs.</summary>
internal enum StopWay
{
    /// <summary>By the token of its call.</summary>
    Token,

    /// <summary>By Cancel() from another thread.</summary>
    Cancel,

    /// <summary>By the time that it was granted.</summary>
    Timeout,

    /// <summary>Its connection is disposed under it.</summary>
    Disposal,
}
