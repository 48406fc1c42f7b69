namespace WalProvider.Benchmarks;

/// <summary>Lying bars under headings, their labels to the left, their numbers at their ends.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="Unit">What the axis counts.</param>
/// <param name="Groups">Headings and their bars; an empty heading takes no room.</param>
internal sealed record BarChart(string Title, string Unit, IReadOnlyList<(string Heading, IReadOnlyList<Bar> Bars)> Groups)
{
    private const int Width = 860;
    private const int Left = 330;
    private const int Right = 770;
    private const int Top = 56;
    private const int BarHeight = 18;
    private const int BarStep = 26;
    private const int HeadingStep = 26;
    private const int Bottom = 56;

    /// <summary>A value to draw a line at, such as the one where both sides are equally fast.</summary>
    public double? Mark { get; init; }

    public string Draw()
    {
        var height = Top + Groups.Sum(HeightOf) + Bottom;
        var axis = new Axis(Groups.SelectMany(group => group.Bars).Max(bar => bar.Value.Most));
        var canvas = new SvgCanvas(Width, height, Title);
        canvas.Text(20, 32, Title, size: 17, isBold: true);
        DrawAxis(canvas, axis, height - Bottom);
        var y = Top;
        foreach (var group in Groups)
        {
            DrawGroup(canvas, axis, group, y);
            y += HeightOf(group);
        }

        return canvas.ToString();
    }

    private static int HeightOf((string Heading, IReadOnlyList<Bar> Bars) group)
        => (group.Heading.Length > 0 ? HeadingStep : 0) + group.Bars.Count * BarStep;

    private static double X(Axis axis, double value) => Left + axis.At(value) * (Right - Left);

    private static void DrawGroup(SvgCanvas canvas, Axis axis, (string Heading, IReadOnlyList<Bar> Bars) group, double y)
    {
        if (group.Heading.Length > 0)
        {
            canvas.Text(20, y + 18, group.Heading, isBold: true);
            y += HeadingStep;
        }

        foreach (var bar in group.Bars)
        {
            DrawBar(canvas, axis, bar, y);
            y += BarStep;
        }
    }

    private static void DrawBar(SvgCanvas canvas, Axis axis, Bar bar, double y)
    {
        var middle = y + BarHeight / 2.0;
        canvas.Text(Left - 10, y + 13.5, bar.Label, "end");
        canvas.Bar(Left, y, X(axis, bar.Value.Median) - Left, BarHeight, bar.Color);
        canvas.Line(X(axis, bar.Value.Least), middle, X(axis, bar.Value.Most), middle, SvgCanvas.Ink, 1.2);
        canvas.Text(X(axis, bar.Value.Most) + 7, y + 13.5, Numbers.Of(bar.Value.Median), isBold: true);
    }

    private void DrawAxis(SvgCanvas canvas, Axis axis, double bottom)
    {
        foreach (var tick in axis.Ticks)
        {
            var x = X(axis, tick);
            canvas.Line(x, Top - 6, x, bottom, SvgCanvas.Grid);
            canvas.Text(x, bottom + 18, axis.Label(tick), "middle", 12, SvgCanvas.Faint);
        }

        canvas.Text((Left + Right) / 2.0, bottom + 40, Unit, "middle", 12, SvgCanvas.Faint);
        canvas.Line(Left, Top - 6, Left, bottom, SvgCanvas.Faint);
        if (Mark is { } mark)
        {
            canvas.Line(X(axis, mark), Top - 6, X(axis, mark), bottom, SvgCanvas.Ink, 1.2, isDashed: true);
        }
    }
}
