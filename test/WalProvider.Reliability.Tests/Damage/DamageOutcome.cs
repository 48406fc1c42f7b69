using System.Globalization;

namespace WalProvider.Tests;

/// <summary>What came of one damaged file, as the worker's Damage/DamageRun.cs prints it.</summary>
internal sealed record DamageOutcome(int Number, string Kind, string Verdict, string Codes, int Milliseconds)
{
    public static DamageOutcome Parse(string line)
    {
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        var space = line.IndexOf(' ');
        var rest = line[(colon + 2)..].Split(' ');
        return new DamageOutcome(
            int.Parse(line[..space], CultureInfo.InvariantCulture), line[(space + 1)..colon], rest[0], rest[1],
            int.Parse(rest[^1], CultureInfo.InvariantCulture));
    }
}
