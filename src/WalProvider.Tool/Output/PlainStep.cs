namespace WalProvider.Tool;

/// <summary>A step that is one line, written when it is over.</summary>
internal sealed class PlainStep(TextWriter writer, string title) : IStep
{
    public void Report(double done)
    {
    }

    public void Finish(string outcome)
    {
        lock (writer)
            writer.WriteLine($"{title}: {outcome}");
    }
}
