namespace WalProvider.Benchmarks;

/// <summary>What the sides of a row did, round by round.</summary>
/// <param name="Row">The row.</param>
/// <param name="Measures">For each side, in the row's order, its measured rounds.</param>
internal sealed record RowResult(Row Row, IReadOnlyList<IReadOnlyList<Measure>> Measures)
{
    public IReadOnlyList<Measure> Ours => Measures[0];

    /// <summary>Every figure that these measures give, rival by rival and then ours alone.</summary>
    public IEnumerable<Figure> Figures()
    {
        for (var rival = 1; rival < Measures.Count; rival++)
        {
            foreach (var figure in Beside(Row.Sides[rival], Measures[rival]))
            {
                yield return figure;
            }
        }

        foreach (var figure in Alone())
        {
            yield return figure;
        }
    }

    /// <summary>One of them; null where the row does not measure it.</summary>
    public Figure? Find(string kind, string? rival) => Figures().SingleOrDefault(figure => figure.Kind == kind && figure.Rival == rival);

    private IEnumerable<Figure> Beside(Side rival, IReadOnlyList<Measure> theirs)
    {
        yield return Paired("speed", rival, theirs, (ours, other) => ours.PerSecond / other.PerSecond);
        if (Ours[0].LongestWait is not null && theirs[0].LongestWait is not null)
        {
            yield return Paired("longest-wait", rival, theirs, (ours, other) => ours.LongestWait!.Value / other.LongestWait!.Value);
        }

        if (Ours[0].AllocatedBytes is not null && theirs[0].AllocatedBytes > 0)
        {
            yield return Paired(
                "allocated", rival, theirs, (ours, other) => ours.BytesPerOperation!.Value / other.BytesPerOperation!.Value);
        }
    }

    private IEnumerable<Figure> Alone()
    {
        yield return Single("nanoseconds", measure => measure.Nanoseconds);
        if (Ours[0].AllocatedBytes is not null)
        {
            yield return Single("bytes", measure => measure.BytesPerOperation!.Value);
        }

        if (Ours[0].LongestWait is not null)
        {
            yield return Single("longest-wait-ms", measure => measure.LongestWait!.Value.TotalMilliseconds);
            // All rounds together: the median of mostly none would hide one.
            yield return new Figure(Row.Name, "lock-errors", null, Spread.Of([Ours.Sum(measure => measure.LockErrors)]));
        }

        if (Ours[0].PoorestShare is not null)
        {
            yield return Single("poorest-share", measure => measure.PoorestShare!.Value);
        }
    }

    // NB: paired: round by round and then the median, never the ratio of two medians. The machine is shared, and what
    // slows one round slows both its sides.
    private Figure Paired(string kind, Side rival, IReadOnlyList<Measure> theirs, Func<Measure, Measure, double> ratio)
        => new(Row.Name, kind, rival.Name, Spread.Of(Ours.Zip(theirs, ratio)));

    private Figure Single(string kind, Func<Measure, double> value)
        => new(Row.Name, kind, null, Spread.Of(Ours.Select(value)));
}
