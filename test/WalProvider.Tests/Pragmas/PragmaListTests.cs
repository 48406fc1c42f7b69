using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class PragmaListTests
{
    [TestCase("", "")]
    [TestCase("  ", "")]
    [TestCase("secure_delete=ON", "secure_delete=ON")]
    [TestCase(" secure_delete = FAST , threads=4,", "secure_delete=FAST|threads=4")]
    [TestCase("cache_spill=-5,reverse_unordered_selects=+1", "cache_spill=-5|reverse_unordered_selects=+1")]
    [TestCase("analysis_limit=1.5", "analysis_limit=1.5")]
    [TestCase("encoding='UTF-16le'", "encoding='UTF-16le'")]
    [TestCase("a='it''s, a = b',b=''", "a='it''s, a = b'|b=''")]
    public void Parse_reads_pairs(string text, string expected) =>
        string.Join('|', PragmaList.Parse(text)).ShouldBe(expected);

    [TestCase("secure_delete")]
    [TestCase("secure_delete=")]
    [TestCase("=ON")]
    [TestCase("secure_delete=ON OFF")]
    [TestCase("secure_delete=ON;DROP TABLE t")]
    [TestCase("secure_delete=ON)--")]
    [TestCase("secure_delete=(SELECT 1)")]
    [TestCase("main.secure_delete=ON")]
    [TestCase("secure delete=ON")]
    [TestCase("encoding='UTF-16")]
    [TestCase("encoding='a'b'")]
    [TestCase("encoding=\"UTF-16\"")]
    [TestCase("threads=0x10")]
    [TestCase("threads=4,,secure_delete=ON")]
    [TestCase("threads=4 secure_delete=ON")]
    [TestCase("1st=2")]
    [TestCase("тhreads=4")]
    public void Parse_throws_when_anything_but_a_name_and_one_literal_is_there(string text)
    {
        var error = Should.Throw<ArgumentException>(() => PragmaList.Parse(text));
        error.Message.ShouldContain("'Pragmas'");
        error.Message.ShouldContain(text);
    }

    [TestCase("journal_mode=WAL", "'Journal Mode'")]
    [TestCase("BUSY_TIMEOUT=5", "'Busy Timeout'")]
    [TestCase("foreign_keys=ON", "'Foreign Keys'")]
    public void Parse_throws_and_names_the_keyword_when_a_pragma_has_one(string text, string keyword) =>
        Should.Throw<ArgumentException>(() => PragmaList.Parse(text)).Message.ShouldContain(keyword);

    [TestCase("wal_checkpoint=TRUNCATE")]
    [TestCase("key='secret'")]
    [TestCase("Optimize=1")]
    [TestCase("integrity_check=1")]
    public void Parse_throws_when_a_pragma_is_no_setting(string text) =>
        Should.Throw<ArgumentException>(() => PragmaList.Parse(text)).Message.ShouldContain("not a setting");

    [Test]
    public void Parse_throws_when_a_pragma_stands_twice() =>
        Should.Throw<ArgumentException>(() => PragmaList.Parse("threads=1,THREADS=2")).Message.ShouldContain("twice");
}
