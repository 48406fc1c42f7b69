using System.Globalization;

namespace WalProvider.Worker;

/// <summary>How long a writer goes on: for a number of rows, or for a time where that is none.</summary>
internal readonly record struct Stint(long Rows, TimeSpan Span)
{
    public static Stint Parse(string text)
    {
        var parts = text.Split(' ');
        return new Stint(
            long.Parse(parts[0], CultureInfo.InvariantCulture), TimeSpan.FromMilliseconds(long.Parse(parts[1], CultureInfo.InvariantCulture)));
    }

    public bool GoesOn(long done, TimeSpan elapsed) => Rows > 0 ? done < Rows : elapsed < Span;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rows} {(long)Span.TotalMilliseconds}");
}
