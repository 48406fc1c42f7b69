namespace WalProvider;

/// <summary>A command, or a batch of them, which can be cancelled while it executes.</summary>
internal interface IExecutionOwner
{
    /// <summary>The request to stop what it executes.</summary>
    ref StopRequest StopRequest { get; }
}
