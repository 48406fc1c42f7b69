using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class EffectiveProfileTests
{
    private static readonly EffectivePragma Taken = new("synchronous", "NORMAL", "NORMAL", true);
    private static readonly EffectivePragma Refused = new("journal_mode", "WAL", "DELETE", false);
    private static readonly EffectivePragma Unreadable = new("case_sensitive_like", "ON", null, true);

    [Test]
    public void IsComplete_is_false_when_one_pragma_did_not_take()
    {
        new EffectiveProfile(WalProfile.Balanced, [Taken, Unreadable]).IsComplete.ShouldBeTrue();
        new EffectiveProfile(WalProfile.Balanced, [Taken, Refused]).IsComplete.ShouldBeFalse();
    }

    [Test]
    public void Indexer_gives_the_value_in_effect()
    {
        var profile = new EffectiveProfile(WalProfile.Durable, [Taken, Refused, Unreadable]);

        profile.Name.ShouldBe(WalProfile.Durable);
        profile.Count.ShouldBe(3);
        profile[1].ShouldBe(Refused);
        profile["JOURNAL_MODE"].ShouldBe("DELETE");
        profile["case_sensitive_like"].ShouldBeNull();
        profile["page_size"].ShouldBeNull();
        profile.ShouldBe([Taken, Refused, Unreadable]);
    }

    [Test]
    public void ToString_says_what_was_asked_for_and_refused() =>
        new EffectiveProfile(WalProfile.Balanced, [Taken, Refused, Unreadable]).ToString()
            .ShouldBe("Balanced: synchronous=NORMAL, journal_mode=DELETE (asked for WAL), case_sensitive_like=ON");
}
