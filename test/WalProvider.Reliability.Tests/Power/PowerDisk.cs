namespace WalProvider.Tests;

/// <summary>
/// A disk under a recorded run: what was synced is on it, what was not is still in the cache, and may be lost with the power
/// in any part and order.
/// </summary>
/// <remarks>
/// Names (that a file exists, or was unlinked) become durable with the next sync of any file, as on a file system that keeps a
/// journal of them.
/// </remarks>
internal sealed class PowerDisk
{
    private const int SectorSize = 512;

    private readonly Dictionary<string, byte[]> _durable = [];
    private readonly List<TraceRecord> _cached = [];

    /// <summary>Takes the next call of the run.</summary>
    public void Apply(TraceRecord record)
    {
        switch (record.Call)
        {
            case FileCall.Sync:
                Flush(record.Path);
                break;
            case FileCall.Create or FileCall.Write or FileCall.Truncate or FileCall.Unlink:
                _cached.Add(record);
                break;
        }
    }

    /// <summary>The files as they are found when the power is back.</summary>
    public Dictionary<string, byte[]> Fail(PowerLoss loss, Random random)
    {
        var files = _durable.ToDictionary(file => file.Key, file => file.Value);
        foreach (var record in _cached)
        {
            if (loss is PowerLoss.KeepsAll or PowerLoss.TearsSectors || (loss is PowerLoss.KeepsSome && random.Next(2) == 0))
                Put(files, record, loss is PowerLoss.TearsSectors ? random : null);
        }

        return files;
    }

    private void Flush(string path)
    {
        foreach (var record in _cached.Where(record => record.Path == path || IsOfNames(record)))
            Put(_durable, record, tearing: null);
        _cached.RemoveAll(record => record.Path == path || IsOfNames(record));
    }

    private static bool IsOfNames(TraceRecord record) => record.Call is FileCall.Create or FileCall.Unlink;

    private static void Put(Dictionary<string, byte[]> files, TraceRecord record, Random? tearing)
    {
        switch (record.Call)
        {
            case FileCall.Create:
                files[record.Path] = [];
                break;
            case FileCall.Unlink:
                files.Remove(record.Path);
                break;
            case FileCall.Truncate:
                files[record.Path] = Resized(files.GetValueOrDefault(record.Path, []), (int)record.Offset);
                break;
            default:
                Write(files, record, tearing);
                break;
        }
    }

    private static void Write(Dictionary<string, byte[]> files, TraceRecord record, Random? tearing)
    {
        var old = files.GetValueOrDefault(record.Path, []);
        var bytes = Resized(old, Math.Max(old.Length, (int)record.Offset + record.Data.Length));
        for (var start = 0; start < record.Data.Length;)
        {
            // Sectors are those of the disk, not of the write.
            var length = Math.Min(record.Data.Length - start, SectorSize - (int)((record.Offset + start) % SectorSize));
            if (tearing is null || tearing.Next(2) == 0)
                record.Data.AsSpan(start, length).CopyTo(bytes.AsSpan((int)record.Offset + start));
            start += length;
        }

        files[record.Path] = bytes;
    }

    private static byte[] Resized(byte[] bytes, int length)
    {
        var resized = new byte[length];
        bytes.AsSpan(0, Math.Min(bytes.Length, length)).CopyTo(resized);
        return resized;
    }
}
