namespace WalProvider.Conformance.Tests;

/// <summary>One of the ways in which our provider works inside, none of which may be seen outside.</summary>
public sealed record Variant(string Name, string Keywords)
{
    public static IEnumerable<Variant> All { get; } =
    [
        new("cached", ""),
        new("uncached", "Statement Cache Size=0"),
        new("cached, batching", "Write Batch Size=100"),
        new("uncached, batching", "Statement Cache Size=0;Write Batch Size=100"),
    ];

    public override string ToString() => Name;
}
