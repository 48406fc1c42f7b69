namespace WalProvider.Tool;

/// <summary>The steps of a longer work, as a person follows them.</summary>
internal interface IStepList
{
    /// <summary>Begins a step.</summary>
    /// <param name="title">What is being done.</param>
    /// <param name="total">What the step's reports count up to; null where nobody knows.</param>
    IStep Begin(string title, double? total = null);
}
