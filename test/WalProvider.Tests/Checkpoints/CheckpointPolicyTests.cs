using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Checkpoints;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class CheckpointPolicyTests
{
    private const int FramesOfMebibyte = 250;

    private readonly HandClock _clock = new();
    private readonly CheckpointOptions _options = new();
    private readonly CheckpointPolicy _policy;

    public CheckpointPolicyTests() => _policy = new CheckpointPolicy(_options, _clock);

    [Test]
    public void Next_is_nothing_when_everything_is_in_the_main_file()
    {
        Next(mebibytes: 10, copied: 10).ShouldBeNull();
        _clock.Advance(TimeSpan.FromHours(1));
        Next(mebibytes: 10, copied: 10).ShouldBeNull();
    }

    [Test]
    public void Next_is_passive_when_much_is_not_in_the_main_file()
    {
        Next(mebibytes: 3, copied: 0).ShouldBeNull();
        Next(mebibytes: 6, copied: 0).ShouldBe(CheckpointMode.Passive);
    }

    [Test]
    public void Next_is_passive_when_little_has_not_been_in_the_main_file_for_long()
    {
        Next(mebibytes: 1, copied: 0).ShouldBeNull();
        _clock.Advance(_options.PassiveAfter);

        Next(mebibytes: 1, copied: 0).ShouldBe(CheckpointMode.Passive);
    }

    [Test]
    public void Next_is_truncate_when_the_wal_comes_near_the_cap()
    {
        Next(mebibytes: 49, copied: 0).ShouldBe(CheckpointMode.Truncate);
        Next(mebibytes: 49, copied: 49).ShouldBe(CheckpointMode.Truncate);
    }

    [Test]
    public void Next_is_truncate_when_the_file_is_longer_than_what_it_holds()
    {
        _policy.Next(100 << 20, Frames(mebibytes: 1, copied: 1)).ShouldBe(CheckpointMode.Truncate);
    }

    [Test]
    public void Next_goes_by_the_length_when_nobody_can_say_what_the_wal_holds()
    {
        _policy.Next(1 << 20, null).ShouldBeNull();
        _policy.Next(5 << 20, null).ShouldBe(CheckpointMode.Passive);
        _policy.Next(60 << 20, null).ShouldBe(CheckpointMode.Truncate);
    }

    [Test]
    public void Next_never_truncates_when_there_is_no_cap()
    {
        _options.TruncateAboveBytes = 0;

        Next(mebibytes: 500, copied: 0).ShouldBe(CheckpointMode.Passive);
    }

    [Test]
    public void Next_waits_when_the_last_checkpoint_was_kept_from_its_end()
    {
        _policy.Note(new CheckpointResult(false, true, 10, 1, TimeSpan.Zero));

        Next(mebibytes: 60, copied: 0).ShouldBeNull();
        _clock.Advance(_options.PassiveAfter);
        Next(mebibytes: 60, copied: 0).ShouldBe(CheckpointMode.Truncate);
    }

    private static WalFrames Frames(int mebibytes, int copied)
        => new(mebibytes * FramesOfMebibyte, copied * FramesOfMebibyte, 4096, 1);

    private CheckpointMode? Next(int mebibytes, int copied) => _policy.Next(0, Frames(mebibytes, copied));
}
