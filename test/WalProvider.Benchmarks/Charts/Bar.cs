namespace WalProvider.Benchmarks;

/// <summary>One bar, with the ends of what was measured where they are known.</summary>
internal sealed record Bar(string Label, Spread Value, string Color)
{
    public const string Ours = "#2563eb";
    public const string Theirs = "#94a3b8";
}
