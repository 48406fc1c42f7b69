namespace WalProvider.Benchmarks;

/// <summary>An axis from zero to a round number a little past the greatest value.</summary>
internal sealed class Axis
{
    private const int MostSteps = 6;
    private static readonly double[] RoundSteps = [1, 2, 2.5, 5, 10];

    private readonly double _step;

    public Axis(double greatest)
    {
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(greatest / MostSteps)));
        _step = RoundSteps.First(step => step * magnitude * MostSteps >= greatest) * magnitude;
        End = Math.Ceiling(greatest / _step) * _step;
    }

    /// <summary>The value at its end.</summary>
    public double End { get; }

    /// <summary>The values that are written along it.</summary>
    public IEnumerable<double> Ticks => Enumerable.Range(0, (int)Math.Round(End / _step) + 1).Select(tick => tick * _step);

    /// <summary>Where a value stands on it, from 0 to 1.</summary>
    public double At(double value) => value / End;

    /// <summary>A tick as text, all ticks of an axis in the same manner.</summary>
    public string Label(double tick) => End switch
    {
        >= 1_000_000 => Numbers.Short($"{tick / 1_000_000:0.##} M"),
        >= 100_000 => Numbers.Short($"{tick / 1_000:0.#} k"),
        _ => Numbers.Short($"{tick:#,0.##}"),
    };
}
