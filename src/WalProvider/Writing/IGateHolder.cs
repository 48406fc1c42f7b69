namespace WalProvider;

/// <summary>Who holds a write gate: asked to give way, and named when it does not.</summary>
internal interface IGateHolder
{
    /// <summary>
    /// Gives the gate up if only a batch of writes holds it that nobody is executing; called by a waiter, on its
    /// thread, and never waits.
    /// </summary>
    void TryYield();

    /// <summary>Whether it is executing on the calling thread, which would wait for itself.</summary>
    bool IsOnThisThread { get; }

    /// <summary>Who it is, for the error of one who waited in vain: application, since when, its last SQL.</summary>
    string Describe();

    /// <summary>Tells it that it is about to leave the gate, with no transaction of the engine's that writes. Called on its own thread; most do nothing.</summary>
    void OnLeaving()
    {
    }

    /// <summary>Tells it that it has left the gate, after a write transaction or an attempt at one. Called on its own thread; most do nothing.</summary>
    void OnLeft()
    {
    }
}
