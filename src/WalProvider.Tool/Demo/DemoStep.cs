namespace WalProvider.Tool;

/// <summary>One step of the demo, and the same work done by the wrapped provider.</summary>
/// <param name="Title">What was done.</param>
/// <param name="Ours">What it took.</param>
/// <param name="Wrapped">What it took the wrapped provider; null where there is nothing to compare.</param>
/// <param name="WrappedHow">How the wrapped provider was used.</param>
internal sealed record DemoStep(string Title, DemoMeasure Ours, DemoMeasure? Wrapped = null, string WrappedHow = "")
{
    /// <summary>How many times as fast this was.</summary>
    public double? Ratio => Ours.Speed / Wrapped?.Speed;
}
