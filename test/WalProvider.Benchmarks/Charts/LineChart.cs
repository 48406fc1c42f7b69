namespace WalProvider.Benchmarks;

/// <summary>One line over steps that stand equally far apart, with a number at each dot.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="Across">What the steps are.</param>
/// <param name="Unit">What the axis counts.</param>
/// <param name="Points">The steps and their values.</param>
internal sealed record LineChart(string Title, string Across, string Unit, IReadOnlyList<(string Step, Spread Value)> Points)
{
    private const int Width = 860;
    private const int Height = 400;
    private const int Left = 80;
    private const int Right = 820;
    private const int Top = 84;
    private const int Bottom = 330;
    private const int Inset = 50;

    public string Draw()
    {
        var axis = new Axis(Points.Max(point => point.Value.Most));
        var canvas = new SvgCanvas(Width, Height, Title);
        canvas.Text(20, 32, Title, size: 17, isBold: true);
        canvas.Text(20, 58, Unit, size: 12, color: SvgCanvas.Faint);
        foreach (var tick in axis.Ticks)
        {
            canvas.Line(Left, Y(axis, tick), Right, Y(axis, tick), tick == 0 ? SvgCanvas.Faint : SvgCanvas.Grid);
            canvas.Text(Left - 10, Y(axis, tick) + 4, axis.Label(tick), "end", 12, SvgCanvas.Faint);
        }

        canvas.Polyline(Points.Select((point, index) => (X(index), Y(axis, point.Value.Median))), Bar.Ours);
        for (var index = 0; index < Points.Count; index++)
        {
            DrawPoint(canvas, axis, index);
        }

        canvas.Text((Left + Right) / 2.0, Bottom + 50, Across, "middle", 12, SvgCanvas.Faint);
        return canvas.ToString();
    }

    private static double Y(Axis axis, double value) => Bottom - axis.At(value) * (Bottom - Top);

    private double X(int index) => Left + Inset + index * (Right - Left - 2.0 * Inset) / (Points.Count - 1);

    private void DrawPoint(SvgCanvas canvas, Axis axis, int index)
    {
        var (step, value) = Points[index];
        canvas.Line(X(index), Y(axis, value.Least), X(index), Y(axis, value.Most), SvgCanvas.Ink, 1.2);
        canvas.Dot(X(index), Y(axis, value.Median), Bar.Ours);
        canvas.Text(X(index), Y(axis, value.Most) - 10, Numbers.Of(value.Median), "middle", isBold: true);
        canvas.Text(X(index), Bottom + 22, step, "middle");
    }
}
