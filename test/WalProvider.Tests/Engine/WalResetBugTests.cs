using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Engine;

public class WalResetBugTests
{
    [TestCase(3_006_023, false)]
    [TestCase(3_007_000, true)]
    [TestCase(3_035_005, true)]
    [TestCase(3_044_005, true)]
    [TestCase(3_044_006, false)]
    [TestCase(3_045_000, true)]
    [TestCase(3_050_006, true)]
    [TestCase(3_050_007, false)]
    [TestCase(3_051_002, true)]
    [TestCase(3_051_003, false)]
    [TestCase(3_053_000, false)]
    public void IsIn_knows_the_versions_that_have_it(int version, bool hasIt)
    {
        WalResetBug.IsIn(version).ShouldBe(hasIt);
    }
}
