namespace WalProvider.Tests;

/// <summary>What came of a row.</summary>
internal sealed record SoakResult(SoakRow Row, bool IsHeld, IReadOnlyList<string> Figures, TimeSpan Elapsed, string Output)
{
    public string Verdict => IsHeld ? "held" : "FAILED";

    public string Time => Elapsed.TotalSeconds < 60 ? $"{Elapsed.TotalSeconds:0} s" : $"{Elapsed.TotalMinutes:0.0} min";
}
