using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Checkpoints;

/// <summary>The checkpoint of a process that ends, without the end; <see cref="ExitWatchTests"/> has real ones.</summary>
[Parallelizable(ParallelScope.All)]
public class ExitCheckpointTests
{
    [Test]
    public async Task Try_empties_the_wal_and_leaves_gate_and_session_free()
    {
        using var database = new KeptDatabase("Busy Timeout=20");
        using var connection = database.OpenWithRows(10);

        ExitCheckpoint.Try(connection.Session);

        database.WalBytes.ShouldBe(0);
        (await Patience.OnThread(() => IsIdle(connection.Session)).Within()).ShouldBeTrue();
        using var other = database.Source.OpenConnection();
        Should.NotThrow(() => KeptDatabase.Fill(other, 1));
    }

    [Test]
    public void Try_leaves_the_wal_alone_when_nobody_else_may_copy_it()
    {
        using var database = new CheckpointDatabase();
        var connection = database.OpenWithRows(10);
        var before = database.WalBytes;

        ExitCheckpoint.Try(connection.Session);

        before.ShouldBeGreaterThan(0);
        database.WalBytes.ShouldBe(before);
    }

    [Test]
    public void Try_waits_for_no_writer([Values] bool isWriting)
    {
        using var database = new KeptDatabase();
        using var connection = database.OpenWithRows(10);
        var before = database.WalBytes;
        var gate = DatabaseFiles.For(RealPath.Resolve(database.Path)).Gate;
        if (isWriting)
        {
            gate.TryEnter(new HandHolder()).ShouldBeTrue();
        }

        ExitCheckpoint.Try(connection.Session);

        database.WalBytes.ShouldBe(isWriting ? before : 0);
        gate.TryEnter(new HandHolder()).ShouldBe(!isWriting);
        gate.Exit();
    }

    [Test]
    public async Task Try_leaves_a_session_alone_that_somebody_uses()
    {
        using var database = new KeptDatabase();
        using var connection = database.OpenWithRows(10);
        var before = database.WalBytes;
        Task trying;
        using (connection.Session.Enter())
        {
            trying = Patience.OnThread(() => ExitCheckpoint.Try(connection.Session));
            Patience.Until(() => trying.IsCompleted);
        }

        await trying;
        database.WalBytes.ShouldBe(before);
    }

    [Test]
    public void Try_leaves_the_gate_alone_when_the_session_reads()
    {
        using var database = new KeptDatabase();
        using var connection = database.OpenWithRows(10);
        var before = database.WalBytes;
        using var reader = CheckpointDatabase.OpenReader(connection);

        ExitCheckpoint.Try(connection.Session);

        database.WalBytes.ShouldBe(before);
        connection.Session.WriteLock.IsHeld.ShouldBeFalse();
    }

    private static bool IsIdle(WalSession session)
    {
        if (!session.TryEnterIdle())
        {
            return false;
        }

        session.Lock.Exit();
        return true;
    }
}
