using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class StatementCacheTests
{
    [Test]
    public void Lease_gives_the_text_again_when_it_was_returned()
    {
        using var engine = new OpenEngine();
        using var cache = new StatementCache(2);
        var text = Use(engine, cache, "SELECT 1");
        cache.Lease("SELECT 1").ShouldBeSameAs(text);
    }

    [Test]
    public void Lease_finds_an_equal_text_of_another_string_object()
    {
        using var engine = new OpenEngine();
        using var cache = new StatementCache(2);
        var text = Use(engine, cache, "SELECT 1");
        cache.Lease(new string("SELECT 1".ToCharArray())).ShouldBeSameAs(text);
    }

    [Test]
    public void Lease_tells_texts_apart_by_every_character()
    {
        using var engine = new OpenEngine();
        using var cache = new StatementCache(9);
        var text = Use(engine, cache, "SELECT 1");
        cache.Lease("select 1").ShouldNotBeSameAs(text);
        cache.Lease("SELECT 1 ").ShouldNotBeSameAs(text);
    }

    [Test]
    public void Lease_gives_a_second_text_while_the_first_is_in_use()
    {
        using var engine = new OpenEngine();
        using var cache = new StatementCache(2);
        Use(engine, cache, "SELECT 1");
        var first = cache.Lease("SELECT 1");
        var second = cache.Lease("SELECT 1");
        second.ShouldNotBeSameAs(first);

        Compile(engine, second);
        cache.Return(second);
        cache.Return(first);
        cache.Count.ShouldBe(1);
        cache.Lease("SELECT 1").ShouldBeSameAs(first);
        IsFinalized(second).ShouldBeTrue();
    }

    [Test]
    public void Return_gives_up_the_text_that_was_used_longest_ago()
    {
        using var engine = new OpenEngine();
        using var cache = new StatementCache(3);
        var texts = Enumerable.Range(0, 3).Select(i => Use(engine, cache, $"SELECT {i}")).ToArray();
        cache.Return(cache.Lease("SELECT 0"));

        var fourth = Use(engine, cache, "SELECT 3");

        cache.Count.ShouldBe(3);
        IsFinalized(texts[1]).ShouldBeTrue();
        Lives(cache, texts[0]).ShouldBeTrue();
        Lives(cache, texts[2]).ShouldBeTrue();
        Lives(cache, fourth).ShouldBeTrue();
    }

    [Test]
    public void Return_never_gives_up_a_text_in_use()
    {
        using var engine = new OpenEngine();
        using var cache = new StatementCache(1);
        var used = Use(engine, cache, "SELECT 1");
        cache.Lease("SELECT 1").ShouldBeSameAs(used);

        var other = Use(engine, cache, "SELECT 2");

        IsFinalized(used).ShouldBeFalse();
        IsFinalized(other).ShouldBeTrue();
        cache.Return(used);
        cache.Lease("SELECT 1").ShouldBeSameAs(used);
    }

    [Test]
    public void Order_of_use_holds_for_any_sequence_of_uses([Values(1, 2, 5)] int capacity)
    {
        using var engine = new OpenEngine();
        using var cache = new StatementCache(capacity);
        var random = new Random(12345);
        var model = new List<CompiledText>();
        for (var i = 0; i < 8; i++)
            UseOnce(engine, cache, $"SELECT {i}");
        for (var i = 0; i < 2000; i++)
        {
            var sql = $"SELECT {random.Next(8)}";
            var expected = model.Find(text => text.Sql == sql);
            var text = UseOnce(engine, cache, sql);
            if (expected is not null)
                text.ShouldBeSameAs(expected);
            model.Remove(text);
            model.Add(text);
            if (model.Count > capacity)
            {
                IsFinalized(model[0]).ShouldBeTrue();
                model.RemoveAt(0);
            }

            cache.Count.ShouldBe(model.Count);
        }
    }

    [Test]
    public void Return_keeps_a_text_from_its_second_time_on()
    {
        using var engine = new OpenEngine();
        using var cache = new StatementCache(2);

        IsFinalized(UseOnce(engine, cache, "SELECT 1")).ShouldBeTrue();
        cache.Count.ShouldBe(0);
        Lives(cache, UseOnce(engine, cache, "SELECT 1")).ShouldBeTrue();
        cache.Count.ShouldBe(1);
    }

    [Test]
    public void Return_gives_up_nothing_for_texts_that_come_once()
    {
        using var engine = new OpenEngine();
        using var cache = new StatementCache(2);
        var texts = Enumerable.Range(0, 2).Select(i => Use(engine, cache, $"SELECT {i}")).ToArray();

        for (var i = 2; i < 1000; i++)
            UseOnce(engine, cache, $"SELECT {i}");

        Lives(cache, texts[0]).ShouldBeTrue();
        Lives(cache, texts[1]).ShouldBeTrue();
    }

    [Test]
    public void Return_keeps_nothing_when_the_capacity_is_zero()
    {
        using var engine = new OpenEngine();
        using var cache = new StatementCache(0);
        var text = Use(engine, cache, "SELECT 1");
        cache.Count.ShouldBe(0);
        IsFinalized(text).ShouldBeTrue();
    }

    [TestCase("PRAGMA user_version")]
    [TestCase("CREATE TABLE t(a)")]
    [TestCase("")]
    public void Return_does_not_keep_what_may_not_be_used_again(string sql)
    {
        using var engine = new OpenEngine();
        using var cache = new StatementCache(9);
        Use(engine, cache, sql);
        cache.Count.ShouldBe(0);
    }

    [Test]
    public void Dispose_finalizes_what_is_kept_at_once_and_what_is_in_use_when_it_comes_back()
    {
        using var engine = new OpenEngine();
        var cache = new StatementCache(9);
        var kept = Use(engine, cache, "SELECT 1");
        var used = Use(engine, cache, "SELECT 2");
        cache.Lease("SELECT 2").ShouldBeSameAs(used);

        cache.Dispose();

        IsFinalized(kept).ShouldBeTrue();
        IsFinalized(used).ShouldBeFalse();
        cache.Return(used);
        IsFinalized(used).ShouldBeTrue();
        cache.Count.ShouldBe(0);
    }

    // As often as it takes to be kept.
    private static CompiledText Use(OpenEngine engine, StatementCache cache, string sql)
    {
        UseOnce(engine, cache, sql);
        return UseOnce(engine, cache, sql);
    }

    private static CompiledText UseOnce(OpenEngine engine, StatementCache cache, string sql)
    {
        var text = cache.Lease(sql);
        Compile(engine, text);
        cache.Return(text);
        return text;
    }

    private static void Compile(OpenEngine engine, CompiledText text)
        => text.Get(engine.Inner.Handle!, engine.Watch, 99, out _).ShouldBe(SQLitePCL.raw.SQLITE_OK);

    private static bool Lives(StatementCache cache, CompiledText text)
    {
        var leased = cache.Lease(text.Sql);
        cache.Return(leased);
        return ReferenceEquals(leased, text);
    }

    // A text that was finalized has no statements, and so nothing to keep.
    private static bool IsFinalized(CompiledText text) => !text.IsKept;
}
