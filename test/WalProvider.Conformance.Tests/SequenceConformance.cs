using System.Globalization;
using NUnit.Framework;

namespace WalProvider.Conformance.Tests;

/// <summary>
/// What no single test thinks of: long ways through one connection, each from a seed. WALPROVIDER_SEEDS says how many; 300 take
/// some minutes.
/// </summary>
public sealed class SequenceConformance(Variant variant) : Conformance(variant)
{
    private static readonly int Seeds = int.Parse(Environment.GetEnvironmentVariable("WALPROVIDER_SEEDS") ?? "10", CultureInfo.InvariantCulture);

    [Test]
    public async Task Any_sequence_of_calls_has_the_same_outcome([Values] bool async)
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            await Agree(async, side => new RandomUser(side, seed).Work(steps: 60));
        }
    }
}
