using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class ChecksumFileTests
{
    private static readonly string Checksum = new('a', 64);

    [TestCase("plain.db")]
    [TestCase("two  spaces.db")]
    [TestCase("back\\slash.db")]
    [TestCase("new\nline.db")]
    [TestCase("car\rriage.db")]
    [TestCase("\\n.db")]
    public void Format_makes_one_line_that_Parse_reads(string name)
    {
        var text = ChecksumFile.Format(Checksum, name);
        text.Count(letter => letter == '\n').ShouldBe(1);
        ChecksumFile.Parse(text.Split('\n'), name).ShouldBe([Checksum]);
    }

    [Test]
    public void Format_marks_a_line_as_sha256sum_does_it()
    {
        ChecksumFile.Format(Checksum, "plain.db").ShouldBe($"{Checksum}  plain.db\n");
        ChecksumFile.Format(Checksum, "a\\b\nc").ShouldBe($"\\{Checksum}  a\\\\b\\nc\n");
    }

    [Test]
    public void Parse_reads_a_backslash_that_nobody_escaped()
        => ChecksumFile.Parse([$"{Checksum}  back\\slash.db"], "back\\slash.db").ShouldBe([Checksum]);

    [TestCase("other.db")]
    [TestCase("lain.db")]
    [TestCase("")]
    public void Parse_takes_no_line_of_another_name(string name)
        => ChecksumFile.Parse([$"{Checksum}  plain.db", "short", ""], name).ShouldBeEmpty();
}
