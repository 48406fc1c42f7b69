using System.Runtime.InteropServices;
using System.Text;

namespace WalProvider.Tests;

/// <summary>One call of a recorded process on a file, in the order in which they happened.</summary>
/// <param name="Call">What was called.</param>
/// <param name="IsEngine">Whether SQLite called it, and not managed code.</param>
/// <param name="Path">The file.</param>
/// <param name="Inode">The same whatever it is called; 0 where the call was by name.</param>
/// <param name="Offset">Where a write begins; the new length of a truncation.</param>
/// <param name="Data">What was written; the new name of a rename or link.</param>
internal sealed record TraceRecord(FileCall Call, bool IsEngine, string Path, ulong Inode, long Offset, byte[] Data)
{
    /// <summary>Whether the shim counts it as a change of a file, at which it can kill.</summary>
    public bool IsChange => Call is not (FileCall.Open or FileCall.Close or FileCall.Read) && !IsAcknowledgement;

    /// <summary>Whether the writer says here what is safe.</summary>
    public bool IsAcknowledgement => Path.EndsWith(".ack", StringComparison.Ordinal);

    /// <summary>Every record of a trace.</summary>
    public static IReadOnlyList<TraceRecord> ReadAll(string trace)
    {
        var records = new List<TraceRecord>();
        var bytes = File.ReadAllBytes(trace).AsSpan();
        while (!bytes.IsEmpty)
        {
            var head = MemoryMarshal.Read<Head>(bytes);
            var path = bytes.Slice(Head.Size, head.PathLength);
            var data = bytes.Slice(Head.Size + head.PathLength, (int)head.DataLength);
            records.Add(new TraceRecord(
                (FileCall)head.Call, head.Caller == 'e', Encoding.UTF8.GetString(path), head.Inode, head.Offset, data.ToArray()));
            bytes = bytes[(Head.Size + head.PathLength + (int)head.DataLength)..];
        }

        return records;
    }

    // struct record of faults.c.
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Head
    {
        public const int Size = 24;

        public readonly byte Call;
        public readonly byte Caller;
        public readonly ushort PathLength;
        public readonly uint DataLength;
        public readonly long Offset;
        public readonly ulong Inode;
    }
}
