namespace WalProvider.Tests;

/// <summary>Who opened which files in a recorded process.</summary>
/// <param name="ByEngine">How often SQLite opened one.</param>
/// <param name="ByManagedCode">How often anybody else did, whatever the file.</param>
/// <param name="Forbidden">The files that anybody else opened while SQLite had them open.</param>
internal sealed record FileOpens(int ByEngine, int ByManagedCode, IReadOnlyList<string> Forbidden)
{
    public static FileOpens None { get; } = new(0, 0, []);

    /// <summary>Looks through the trace of a process.</summary>
    public static FileOpens Of(string trace)
    {
        // By inode, since a backup is renamed after it was written.
        var open = new Dictionary<ulong, int>();
        var (byEngine, byManagedCode) = (0, 0);
        var forbidden = new List<string>();
        foreach (var record in TraceRecord.ReadAll(trace).Where(record => record.Call is FileCall.Open or FileCall.Create or FileCall.Close))
        {
            var count = open.GetValueOrDefault(record.Inode);
            if (record.IsEngine)
            {
                open[record.Inode] = count + (record.Call is FileCall.Close ? -1 : 1);
                byEngine += record.Call is FileCall.Close ? 0 : 1;
            }
            else if (record.Call is not FileCall.Close)
            {
                byManagedCode++;
                if (count > 0)
                    forbidden.Add(record.Path);
            }
        }

        return new FileOpens(byEngine, byManagedCode, forbidden);
    }

    public static FileOpens operator +(FileOpens left, FileOpens right)
        => new(left.ByEngine + right.ByEngine, left.ByManagedCode + right.ByManagedCode, [.. left.Forbidden, .. right.Forbidden]);
}
