namespace WalProvider;

/// <summary>Says how many writes a commit of the batch has made part of the database.</summary>
/// <param name="writes">The number of executed write statements.</param>
public sealed class WalBatchCommittedEventArgs(int writes) : EventArgs
{
    /// <summary>The number of executed write statements that the commit held.</summary>
    public int Writes { get; } = writes;
}
