using System.Globalization;

namespace WalProvider.Worker;

/// <summary>What one of several writers met.</summary>
/// <param name="Done">How many of its rows were taken.</param>
/// <param name="Longest">The longest insert, those that failed included.</param>
/// <param name="Errors">How many inserts failed.</param>
/// <param name="FirstError">The first of their messages; empty where there is none.</param>
internal sealed record ContenderResult(long Done, TimeSpan Longest, int Errors, string FirstError)
{
    public static ContenderResult Parse(string line)
    {
        var parts = line.Split('|');
        return new ContenderResult(
            long.Parse(parts[0], CultureInfo.InvariantCulture),
            TimeSpan.FromMicroseconds(long.Parse(parts[1], CultureInfo.InvariantCulture)),
            int.Parse(parts[2], CultureInfo.InvariantCulture),
            parts[3]);
    }

    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{Done}|{(long)Longest.TotalMicroseconds}|{Errors}|{FirstError.ReplaceLineEndings(" ")}");
}
