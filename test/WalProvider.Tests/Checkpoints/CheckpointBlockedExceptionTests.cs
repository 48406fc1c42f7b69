using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Checkpoints;

[Parallelizable(ParallelScope.All)]
public class CheckpointBlockedExceptionTests
{
    [TestCase(10, 3, 7, "7 frames")]
    [TestCase(10, 9, 1, "1 frames")]
    [TestCase(10, 10, 0, "all frames")]
    [TestCase(0, 0, 0, "all frames")]
    [TestCase(-1, -1, -1, "another checkpoint")]
    public void Create_counts_what_is_left(int log, int copied, int left, string words)
    {
        var result = new CheckpointResult(false, true, log, copied, TimeSpan.Zero);

        var error = CheckpointBlockedException.Create(result, TimeSpan.FromMilliseconds(250), reader: null);

        error.FramesLeft.ShouldBe(left);
        error.Message.ShouldContain(words);
        error.Message.ShouldContain("250 ms");
        error.Message.ShouldContain("another process");
        error.Reader.ShouldBeNull();
        error.IsTransient.ShouldBeTrue();
    }

    [Test]
    public void Create_names_the_reader_of_this_process()
    {
        var reader = new WalReader("the report", DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(3), "SELECT 1");

        var error = CheckpointBlockedException.Create(new CheckpointResult(false, true, 2, 1, TimeSpan.Zero), TimeSpan.Zero, reader);

        error.Reader.ShouldBe(reader);
        error.Message.ShouldContain("the report");
        error.Message.ShouldNotContain("another process");
    }
}
