using Spectre.Console.Rendering;

namespace WalProvider.Tool;

/// <summary>A table or the like whose texts do not steer the terminal.</summary>
internal sealed class PlainPicture(IRenderable inner) : IRenderable
{
    public Measurement Measure(RenderOptions options, int maxWidth) => inner.Measure(options, maxWidth);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => inner.Render(options, maxWidth).Select(Clean);

    // What Spectre steers the terminal by comes as such, and is not text.
    private static Segment Clean(Segment segment)
        => segment.IsControlCode || segment.IsLineBreak ? segment : new Segment(PlainText.Clean(segment.Text), segment.Style);
}
