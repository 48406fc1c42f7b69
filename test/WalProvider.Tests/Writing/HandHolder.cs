namespace WalProvider.Tests;

/// <summary>One who enters a gate by a test's hand, and says when it is asked to give way.</summary>
internal sealed class HandHolder(string name = "somebody") : IGateHolder
{
    private int _asked;

    /// <summary>How often it was asked to give way.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>Runs when it is asked.</summary>
    public Action? WhenAsked { get; set; }

    public bool IsOnThisThread => false;

    public void TryYield()
    {
        Interlocked.Increment(ref _asked);
        WhenAsked?.Invoke();
    }

    public string Describe() => name;
}
