namespace WalProvider.Tool;

/// <summary>One step of a longer work. Reports may come from any thread.</summary>
internal interface IStep
{
    /// <summary>Says how far it is.</summary>
    void Report(double done);

    /// <summary>Ends the step.</summary>
    /// <param name="outcome">What came of it, in a few words.</param>
    void Finish(string outcome);
}
