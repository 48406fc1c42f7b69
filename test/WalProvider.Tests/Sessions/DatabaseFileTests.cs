using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class DatabaseFileTests
{
    private readonly DatabaseFile _file = new("/nowhere/test.db");

    [Test]
    public void TryClaim_makes_the_first_the_keeper_and_keeps_it()
    {
        var file = new DatabaseFile("a");
        var first = new Keeper();
        file.TryClaim(first).ShouldBeTrue();
        file.TryClaim(new Keeper()).ShouldBeFalse();
        file.TryClaim(first).ShouldBeTrue();
    }

    [Test]
    public void TryClaim_prefers_one_that_was_asked_for_to_one_by_default_and_to_no_other()
    {
        var file = new DatabaseFile("a");
        var byDefault = new Keeper();
        var asked = new Keeper { IsExplicit = true };
        file.TryClaim(byDefault).ShouldBeTrue();
        file.TryClaim(asked).ShouldBeTrue();

        file.TryClaim(byDefault).ShouldBeFalse();
        file.TryClaim(new Keeper { IsExplicit = true }).ShouldBeFalse();
        file.TryClaim(asked).ShouldBeTrue();
    }

    [Test]
    public void Release_lets_the_next_claim_and_does_nothing_for_one_that_is_not_the_keeper()
    {
        var file = new DatabaseFile("a");
        var first = new Keeper();
        var second = new Keeper();
        file.TryClaim(first);

        file.Release(second);
        file.TryClaim(second).ShouldBeFalse();
        file.Release(first);

        file.TryClaim(second).ShouldBeTrue();
    }

    [TestCase(99, 0)]
    [TestCase(100, 1)]
    [TestCase(101, 1)]
    public void NoteWritten_tells_the_keeper_when_the_wal_is_as_long_as_it_bears(int frames, int nudges)
    {
        var wal = new WalFrames(frames, 0, 4096, 1);
        var keeper = new Keeper { NudgeAboveBytes = new WalFrames(100, 0, 4096, 1).Bytes };
        var file = new DatabaseFile("a");
        file.TryClaim(keeper);

        file.NoteWritten(wal);

        keeper.Nudges.ShouldBe(nudges);
    }

    [Test]
    public void NoteWritten_tells_nobody_when_nobody_knows_the_length_or_keeps_it()
    {
        var keeper = new Keeper { NudgeAboveBytes = 0 };
        var file = new DatabaseFile("a");
        file.NoteWritten(new WalFrames(1000, 0, 4096, 1));
        file.IsLookDue.ShouldBeFalse();
        file.TryClaim(keeper);

        file.NoteWritten(null);

        keeper.Nudges.ShouldBe(0);
    }

    [Test]
    public void Users_that_are_closed_are_asked_nothing()
    {
        var closed = new User { IsClosed = true, IsLasting = true, Age = TimeSpan.FromHours(2) };
        var young = new User { Age = TimeSpan.FromSeconds(1) };
        var old = new User { Age = TimeSpan.FromMinutes(1) };
        _file.OldestReader().ShouldBeNull();
        _file.Add(closed);
        _file.Add(young);
        _file.Add(new User());
        _file.Add(old);

        _file.OldestReader().ShouldNotBeNull().Age.ShouldBe(old.Age.Value);
        _file.HasLastingReader.ShouldBeFalse();
        _file.ReadFrames().ShouldBeNull();

        old.IsClosed = true;
        young.IsLasting = true;
        young.Frames = new WalFrames(3, 2, 4096, 1);

        _file.OldestReader().ShouldNotBeNull().Age.ShouldBe(young.Age.Value);
        _file.HasLastingReader.ShouldBeTrue();
        _file.ReadFrames().ShouldBe(young.Frames);
    }

    private sealed class Keeper : IWalUpkeep
    {
        public int Nudges { get; private set; }

        public long NudgeAboveBytes { get; init; }

        public bool IsExplicit { get; init; }

        public void Nudge() => Nudges++;
    }

    private sealed class User : IFileUser
    {
        public bool IsClosed { get; set; }

        public bool IsLasting { get; set; }

        public TimeSpan? Age { get; init; }

        public WalFrames? Frames { get; set; }

        public WalReader? DescribeReader() => Age is { } age ? new WalReader("somebody", DateTimeOffset.UnixEpoch, age, null) : null;

        public WalFrames? ReadFrames() => Frames;
    }
}
