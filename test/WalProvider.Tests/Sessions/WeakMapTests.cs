using System.Runtime.CompilerServices;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class WeakMapTests
{
    [Test]
    public void GetOrAdd_gives_the_first_value_for_as_long_as_it_is_kept()
    {
        var map = new WeakMap<object>(StringComparer.Ordinal);
        var first = new object();

        map.GetOrAdd("a", first).ShouldBeSameAs(first);

        map.GetOrAdd("a", new object()).ShouldBeSameAs(first);
        map.TryGet("a", out var found).ShouldBeTrue();
        found.ShouldBeSameAs(first);
        map.TryGet("A", out _).ShouldBeFalse();
        GC.KeepAlive(first);
    }

    [Test]
    public void GetOrAdd_puts_another_value_in_the_place_of_one_that_is_gone()
    {
        var map = new WeakMap<object>(StringComparer.Ordinal);
        AddUnkept(map, "", 1);
        GC.Collect();

        var second = new object();
        map.GetOrAdd("0", second).ShouldBeSameAs(second);
        map.Count.ShouldBe(1);
    }

    [Test]
    public void GetOrAdd_sweeps_names_away_whose_values_are_gone()
    {
        var map = new WeakMap<object>(StringComparer.Ordinal);
        var kept = new object();
        map.GetOrAdd("kept", kept);
        for (var round = 0; round < 20; round++)
        {
            AddUnkept(map, $"{round}-", 1000);
            GC.Collect();
        }

        // One round, and what it takes to be swept.
        map.Count.ShouldBeLessThan(3000);
        map.TryGet("kept", out _).ShouldBeTrue();
        GC.KeepAlive(kept);
    }

    [Test]
    public async Task GetOrAdd_gives_all_threads_one_value()
    {
        var map = new WeakMap<object>(StringComparer.Ordinal);
        for (var round = 0; round < 200; round++)
        {
            var name = $"{round}";
            var values = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => map.GetOrAdd(name, new object())))).Within();
            values.Distinct().Count().ShouldBe(1);
        }
    }

    // A method of its own, so that no local keeps the values.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddUnkept(WeakMap<object> map, string prefix, int count)
    {
        for (var index = 0; index < count; index++)
        {
            map.GetOrAdd($"{prefix}{index}", new object());
        }
    }
}
