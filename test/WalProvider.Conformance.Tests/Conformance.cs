using NUnit.Framework;
using Shouldly;

namespace WalProvider.Conformance.Tests;

/// <summary>Runs a test's body on both providers and holds what it came to against each other.</summary>
[TestFixtureSource(typeof(Variant), nameof(Variant.All))]
public abstract class Conformance(Variant variant)
{
    private protected async Task Agree(bool async, Func<Side, Task> body)
    {
        var (wrapped, ours) = await Run(async, body);
        wrapped.ShouldNotBeEmpty("a body that notes nothing shows nothing");
        wrapped.Zip(ours).Where(pair => pair.First != pair.Second).Select(pair => $"\nW {pair.First}\nO {pair.Second}\n").ShouldBeEmpty();
        ours.Length.ShouldBe(wrapped.Length);
    }

    /// <summary>For what is on the list: that it still differs, and what ours comes to.</summary>
    private protected async Task<IReadOnlyList<string>> Differ(Listed listed, bool async, Func<Side, Task> body)
    {
        var (wrapped, ours) = await Run(async, body);
        ours.ShouldNotBe(wrapped, $"nothing differs any more: take '{listed.Name}' off the list");
        return ours;
    }

    private async Task<(string[] Wrapped, string[] Ours)> Run(bool async, Func<Side, Task> body)
    {
        using var wrapped = Side.Wrapped(async);
        using var ours = Side.Ours(variant, async);
        await body(wrapped);
        await body(ours);
        return ([.. wrapped.Trace], [.. ours.Trace]);
    }
}
