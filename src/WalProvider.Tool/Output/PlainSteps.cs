namespace WalProvider.Tool;

/// <summary>Steps as lines of a log: one line each, when it is over.</summary>
internal sealed class PlainSteps(TextWriter writer) : IStepList
{
    public IStep Begin(string title, double? total = null) => new PlainStep(writer, title);
}
