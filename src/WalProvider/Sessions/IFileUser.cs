namespace WalProvider;

/// <summary>An open session, as the others of the same file see it.</summary>
internal interface IFileUser
{
    /// <summary>Whether it was closed, and is to be forgotten.</summary>
    bool IsClosed { get; }

    /// <summary>Whether it reads and will do so for long, so that waiting for its end would make the writers wait for nothing.</summary>
    bool IsLasting { get; }

    /// <summary>Who reads here and keeps the WAL from being emptied; null where nobody does. From any thread, never waits.</summary>
    WalReader? DescribeReader();

    /// <summary>What the WAL holds; null where this session cannot say now. From any thread, never waits.</summary>
    WalFrames? ReadFrames();
}
