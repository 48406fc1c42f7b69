using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tool.Tests.Demo;

public class RowChecksumTests
{
    [Test]
    public void Checksum_differs_when_values_differ_in_type_order_or_content()
    {
        object?[][] rows = [[], [null], [1L], [1.0], ["1"], [""], [1L, 2L], [2L, 1L], ["12"], ["1", "2"], [1L << 40], [long.MinValue]];

        rows.Select(Of).Distinct().Count().ShouldBe(rows.Length);
    }

    [Test]
    public void Checksum_is_the_same_when_typed_methods_are_used()
    {
        var typed = new RowChecksum();
        typed.Add(1);
        typed.Add(0.5);
        typed.Add((double?)null);
        typed.Add("x");

        typed.ToString().ShouldBe(Of([1L, 0.5, null, "x"]));
    }

    private static string Of(object?[] values)
    {
        var checksum = new RowChecksum();
        foreach (var value in values)
            checksum.Add(value);
        return checksum.ToString();
    }
}
