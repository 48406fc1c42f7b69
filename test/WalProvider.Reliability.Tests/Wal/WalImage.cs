using System.Buffers.Binary;
using Shouldly;
using WalProvider.Worker;

namespace WalProvider.Tests;

/// <summary>
/// A database whose process was killed, as bytes: the main file, and a WAL that holds all its commits, since nothing was ever
/// checkpointed. What any damage to the WAL must leave can be said from the frames alone.
/// </summary>
/// <seealso href="https://www.sqlite.org/fileformat2.html#the_write_ahead_log"/>
internal sealed class WalImage
{
    public const int HeaderSize = 32;
    private const int FrameHeaderSize = 24;
    private const int SaltLength = 8;

    private readonly byte[] _main;
    private readonly int _frameSize;
    private readonly List<int> _commitEnds = [];
    private readonly int _schemaCommits;
    private readonly int _unitsOfCommit;

    private WalImage(byte[] main, byte[] wal, int unitsOfCommit)
    {
        _main = main;
        Wal = wal;
        _unitsOfCommit = unitsOfCommit;
        _frameSize = FrameHeaderSize + BinaryPrimitives.ReadInt32BigEndian(wal.AsSpan(8));
        End = HeaderSize;
        while (End + _frameSize <= wal.Length && wal.AsSpan(End + 8, SaltLength).SequenceEqual(wal.AsSpan(16, SaltLength)))
        {
            End += _frameSize;
            if (BinaryPrimitives.ReadInt32BigEndian(wal.AsSpan(End - _frameSize + 4)) != 0)
                _commitEnds.Add(End);
        }

        _schemaCommits = _commitEnds.Count - (int)Read(wal).Units / unitsOfCommit;
    }

    public byte[] Wal { get; }

    /// <summary>Where the frames end; what comes after is not in use.</summary>
    public int End { get; }

    /// <summary>Where each frame begins, and the last ends.</summary>
    public IEnumerable<int> FrameEdges => Enumerable.Range(0, (End - HeaderSize) / _frameSize + 1).Select(frame => HeaderSize + frame * _frameSize);

    /// <summary>Has a worker write what the plan says, and kills it before it closes.</summary>
    public static WalImage Record(LedgerPlan plan)
    {
        using var folder = new TempFolder();
        var database = folder.File();
        using (var worker = WorkerProcess.Start("ledger", database, (plan with { StaysOpen = true }).ToString()))
        {
            worker.ReadLine().ShouldBe("ready");
            worker.ReadLine().ShouldBe("done");
            worker.Kill();
        }

        return new WalImage(
            File.ReadAllBytes(database), File.ReadAllBytes(database + "-wal"), Math.Max(1, plan.BatchSize / Ledger.RowsOfUnit));
    }

    /// <summary>How many units there must be where the WAL is good up to here, and not beyond.</summary>
    public long UnitsBefore(int position)
        => Math.Max(0, _commitEnds.Count(end => end <= position) - _schemaCommits) * _unitsOfCommit;

    /// <summary>The beginning of the frame, or of the header, that a byte is part of.</summary>
    public int FrameOf(int position) => position < HeaderSize ? 0 : HeaderSize + (position - HeaderSize) / _frameSize * _frameSize;

    /// <summary>Opens the main file with another WAL beside it.</summary>
    public LedgerState Read(ReadOnlySpan<byte> wal)
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File(), _main);
        File.WriteAllBytes(folder.File() + "-wal", wal);
        return LedgerState.Read(folder.File());
    }
}
