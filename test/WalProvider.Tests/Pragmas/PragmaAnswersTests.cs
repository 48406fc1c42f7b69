using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class PragmaAnswersTests
{
    [TestCase("synchronous", "NORMAL", "1", true, "NORMAL")]
    [TestCase("synchronous", "NORMAL", "2", false, "FULL")]
    [TestCase("synchronous", "NORMAL", "9", false, "9")]
    [TestCase("temp_store", "MEMORY", "2", true, "MEMORY")]
    [TestCase("auto_vacuum", "FULL", "0", false, "NONE")]
    [TestCase("secure_delete", "FAST", "2", true, "FAST")]
    [TestCase("secure_delete", "FAST", "1", false, "ON")]
    [TestCase("secure_delete", "yes", "1", true, "yes")]
    [TestCase("foreign_keys", "ON", "1", true, "ON")]
    [TestCase("foreign_keys", "ON", "0", false, "OFF")]
    [TestCase("foreign_keys", "OFF", "1", false, "ON")]
    [TestCase("journal_mode", "WAL", "wal", true, "WAL")]
    [TestCase("cache_size", "-64000", "-64000", true, "-64000")]
    [TestCase("cache_size", "-64000", "-2000", false, "-2000")]
    [TestCase("mmap_size", "4096", "0", false, "0")]
    [TestCase("threads", "+4", "4", true, "+4")]
    [TestCase("encoding", "'UTF-16le'", "UTF-16le", true, "'UTF-16le'")]
    [TestCase("encoding", "'UTF-16le'", "UTF-8", false, "UTF-8")]
    public void Answer_is_read_in_the_words_of_the_question(string name, string asked, string answer, bool isGranted, string inWords)
    {
        var pragma = new Pragma(name, asked);
        PragmaAnswers.Grants(pragma, answer).ShouldBe(isGranted);
        PragmaAnswers.InWordsOf(pragma, answer).ShouldBe(inWords);
    }
}
