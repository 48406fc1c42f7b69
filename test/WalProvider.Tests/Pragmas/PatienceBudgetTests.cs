using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class PatienceBudgetTests
{
    [Test]
    public void Wait_is_false_and_does_not_nap_when_there_is_no_budget()
    {
        var naps = 0;
        new PatienceBudget(TimeSpan.Zero, new HandClock(), () => naps++).Wait().ShouldBeFalse();
        naps.ShouldBe(0);
    }

    [Test]
    public void Wait_naps_until_the_budget_is_spent()
    {
        var clock = new HandClock();
        var budget = new PatienceBudget(TimeSpan.FromMilliseconds(3), clock, () => clock.Advance(TimeSpan.FromMilliseconds(1)));
        new[] { budget.Wait(), budget.Wait(), budget.Wait(), budget.Wait() }.ShouldBe([true, true, true, false]);
    }

    [Test]
    public void Wait_is_true_on_the_system_clock_while_there_is_budget() =>
        new PatienceBudget(TimeSpan.FromHours(1)).Wait().ShouldBeTrue();
}
