using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tool.Tests.Demo;

public class UnicodeDataTests
{
    private static readonly UnicodeRow[] Rows = [.. UnicodeData.Read()];

    [Test]
    public void Table_has_every_code_point_in_order()
        => Rows.Select(row => row.CodePoint).ShouldBe(Enumerable.Range(0, 1_114_112).Select(codePoint => (long)codePoint));

    [TestCase('a', "LowercaseLetter", null, 'A', 'a')]
    [TestCase('É', "UppercaseLetter", null, 'É', 'é')]
    [TestCase('½', "OtherNumber", 0.5, '½', '½')]
    [TestCase('7', "DecimalDigitNumber", 7.0, '7', '7')]
    [TestCase('\uD800', "Surrogate", null, '\uD800', '\uD800')]
    public void Row_says_what_dotnet_knows(char character, string category, double? number, char upper, char lower)
    {
        var row = Rows[character];

        row.Category.ShouldBe(category);
        row.NumericValue.ShouldBe(number);
        row.Upper.ShouldBe(upper);
        row.Lower.ShouldBe(lower);
    }
}
