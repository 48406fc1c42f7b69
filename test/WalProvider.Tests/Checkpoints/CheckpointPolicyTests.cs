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
        _policy.Next(100 << 20, Frames(mebibytes: 1, copied: 1), TimeSpan.Zero).ShouldBe(CheckpointMode.Truncate);
    }

    [Test]
    public void Next_goes_by_the_length_when_nobody_can_say_what_the_wal_holds()
    {
        _policy.Next(1 << 20, null, TimeSpan.Zero).ShouldBeNull();
        _policy.Next(5 << 20, null, TimeSpan.Zero).ShouldBe(CheckpointMode.Passive);
        _policy.Next(60 << 20, null, TimeSpan.Zero).ShouldBe(CheckpointMode.Truncate);
    }

    [Test]
    public void Next_never_truncates_when_there_is_no_cap()
    {
        _options.TruncateAboveBytes = 0;

        Next(mebibytes: 500, copied: 0).ShouldBe(CheckpointMode.Passive);
        _policy.Next(500 << 20, Frames(mebibytes: 1, copied: 1), TimeSpan.Zero).ShouldBeNull();
    }

    [Test]
    public void Next_tries_again_at_once_and_then_ever_more_rarely_when_a_checkpoint_is_kept_from_its_end()
    {
        var tries = 0;
        for (var second = 0; second < 60; second++)
        {
            while (Next(mebibytes: 60, copied: 0) is not null)
            {
                _policy.Note(new CheckpointResult(false, true, 10, 1, TimeSpan.Zero));
                tries++;
            }

            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        // Three at once, then after 1, 2, 4 and 8 seconds, then each 10.
        tries.ShouldBe(3 + 4 + 4);
        _policy.Note(new CheckpointResult(true, false, 10, 10, TimeSpan.Zero));
        Next(mebibytes: 60, copied: 0).ShouldBe(CheckpointMode.Truncate);
    }

    [Test]
    public void Next_pauses_after_three_checkpoints_in_a_row_that_did_not_get_to_their_end()
    {
        var blocked = new CheckpointResult(false, true, 10, 1, TimeSpan.Zero);
        for (var tries = 0; tries < 3; tries++)
        {
            Next(mebibytes: 60, copied: 0).ShouldBe(CheckpointMode.Truncate);
            _policy.Note(blocked);
        }

        Next(mebibytes: 60, copied: 0).ShouldBeNull();
        _clock.Advance(_options.CheckEvery);
        Next(mebibytes: 60, copied: 0).ShouldBe(CheckpointMode.Truncate);
    }

    [Test]
    public void Next_makes_no_writer_wait_when_a_reader_is_there_to_stay()
    {
        _policy.Next(0, Frames(mebibytes: 60, copied: 0), TimeSpan.FromMinutes(1)).ShouldBe(CheckpointMode.Passive);
        _policy.Next(0, Frames(mebibytes: 60, copied: 60), TimeSpan.FromMinutes(1)).ShouldBeNull();
    }

    [Test]
    public void Next_begins_to_count_anew_when_somebody_else_has_copied_everything()
    {
        Next(mebibytes: 1, copied: 0).ShouldBeNull();
        Next(mebibytes: 1, copied: 1).ShouldBeNull();
        _clock.Advance(_options.PassiveAfter);

        Next(mebibytes: 2, copied: 1).ShouldBeNull();
        _clock.Advance(_options.PassiveAfter);
        Next(mebibytes: 2, copied: 1).ShouldBe(CheckpointMode.Passive);
    }

    [Test]
    public void Next_takes_the_limits_by_the_byte()
    {
        _policy.Next(_options.PassiveAboveBytes, null, TimeSpan.Zero).ShouldBeNull();
        _policy.Next(_options.PassiveAboveBytes + 1, null, TimeSpan.Zero).ShouldBe(CheckpointMode.Passive);
        _policy.Next(_policy.TruncateFromBytes - 1, null, TimeSpan.Zero).ShouldBe(CheckpointMode.Passive);
        _policy.Next(_policy.TruncateFromBytes, null, TimeSpan.Zero).ShouldBe(CheckpointMode.Truncate);
        _policy.Next(_options.TruncateAboveBytes, Frames(mebibytes: 1, copied: 1), TimeSpan.Zero).ShouldBeNull();
        _policy.Next(_options.TruncateAboveBytes + 1, Frames(mebibytes: 1, copied: 1), TimeSpan.Zero).ShouldBe(CheckpointMode.Truncate);
    }

    private static WalFrames Frames(int mebibytes, int copied)
        => new(mebibytes * FramesOfMebibyte, copied * FramesOfMebibyte, 4096, 1);

    private CheckpointMode? Next(int mebibytes, int copied) => _policy.Next(0, Frames(mebibytes, copied), TimeSpan.Zero);
}
