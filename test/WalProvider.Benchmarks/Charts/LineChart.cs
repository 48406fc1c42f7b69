namespace WalProvider.Benchmarks;

/// <summary>Lines over steps that stand equally far apart, with a number at each dot.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="Across">What the steps are.</param>
/// <param name="Unit">What the axis counts.</param>
/// <param name="Steps">The steps.</param>
/// <param name="Series">The lines; at each step the number of the highest stands above its dot and the others below theirs.</param>
internal sealed record LineChart(
    string Title, string Across, string Unit, IReadOnlyList<string> Steps, IReadOnlyList<LineSeries> Series)
{
    private const int Width = 860;
    private const int Height = 400;
    private const int Left = 80;
    private const int Right = 820;
    private const int Top = 84;
    private const int Bottom = 330;
    private const int Inset = 50;
    private const int LegendGap = 34;
    private const int LetterWidth = 7;

    // The numbers of a lower line may stand below the axis.
    private int StepDrop => Series.Count > 1 ? 38 : 24;

    public string Draw()
    {
        var axis = new Axis(Series.SelectMany(series => series.Values).Max(value => value.Most));
        var canvas = new SvgCanvas(Width, Height, Title);
        canvas.Text(20, 32, Title, size: 17, isBold: true);
        canvas.Text(20, 58, Unit, size: 12, color: SvgCanvas.Faint);
        foreach (var tick in axis.Ticks)
        {
            canvas.Line(Left, Y(axis, tick), Right, Y(axis, tick), tick == 0 ? SvgCanvas.Faint : SvgCanvas.Grid);
            canvas.Text(Left - 10, Y(axis, tick) + 4, axis.Label(tick), "end", 12, SvgCanvas.Faint);
        }

        for (var index = 0; index < Series.Count; index++)
        {
            DrawSeries(canvas, axis, index);
        }

        for (var step = 0; step < Steps.Count; step++)
        {
            canvas.Text(X(step), Bottom + StepDrop, Steps[step], "middle");
        }

        canvas.Text((Left + Right) / 2.0, Bottom + StepDrop + 26, Across, "middle", 12, SvgCanvas.Faint);
        return canvas.ToString();
    }

    private static double Y(Axis axis, double value) => Bottom - axis.At(value) * (Bottom - Top);

    private double X(int index) => Left + Inset + index * (Right - Left - 2.0 * Inset) / (Steps.Count - 1);

    private void DrawSeries(SvgCanvas canvas, Axis axis, int index)
    {
        var series = Series[index];
        canvas.Polyline(series.Values.Select((value, step) => (X(step), Y(axis, value.Median))), series.Color);
        for (var step = 0; step < series.Values.Count; step++)
        {
            var value = series.Values[step];
            canvas.Line(X(step), Y(axis, value.Least), X(step), Y(axis, value.Most), SvgCanvas.Ink, 1.2);
            canvas.Dot(X(step), Y(axis, value.Median), series.Color);
            var isHighest = Series.All(other => other.Values[step].Median <= value.Median);
            var y = isHighest ? Y(axis, value.Most) - 10 : Y(axis, value.Least) + 20;
            canvas.Text(X(step), y, Numbers.Of(value.Median), "middle", isBold: true);
        }

        if (series.Label.Length > 0)
        {
            var x = Right - Series.Skip(index).Sum(each => LegendGap + LetterWidth * each.Label.Length);
            canvas.Dot(x, 54, series.Color);
            canvas.Text(x + 12, 58, series.Label);
        }
    }
}
