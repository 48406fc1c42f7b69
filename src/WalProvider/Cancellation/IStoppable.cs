namespace WalProvider;

/// <summary>A run of the engine that can be asked whether it must stop.</summary>
internal interface IStoppable
{
    /// <summary>Whether to stop now. Asked on the thread that runs, in the middle of a step.</summary>
    bool MustStop();
}
