using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Structure;

public class SourceFileTests
{
    [TestCase("class A { class Inner { } }", "A")]
    [TestCase("public sealed record struct A(int B);", "A")]
    [TestCase("internal interface A<T> where T : class\n{\n}", "A")]
    [TestCase("public delegate Task<int?> A(string text);", "A")]
    [TestCase("enum A { B } class C { }", "A C")]
    [TestCase("// class A\n/* class B */ var c = \"class C { \";", "")]
    [TestCase("class A { string s = \"\"\"\n } class B {\n\"\"\"; char c = '}'; string t = @\"\"\" } class C {\"; }", "A")]
    public void Top_level_types_are_those_outside_any_brace(string code, string names)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("Sample.cs"), code);

        string.Join(' ', new SourceFile(folder.Path, folder.File("Sample.cs")).TopLevelTypes()).ShouldBe(names);
    }

    [Test]
    public void Code_keeps_every_position_when_comments_are_blanked()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("Sample.cs"), "a /* b\nc */ d // e\nf");

        new SourceFile(folder.Path, folder.File("Sample.cs")).Code.ShouldBe("a     \n     d     \nf");
    }
}
