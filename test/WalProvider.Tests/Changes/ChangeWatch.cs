namespace WalProvider.Tests.Changes;

/// <summary>What a connection's or a data source's event has told.</summary>
internal sealed class ChangeWatch
{
    private readonly Lock _lock = new();
    private readonly List<WalChangedEventArgs> _told = [];

    public ChangeWatch(WalDbConnection connection) => connection.Changed += Note;

    public ChangeWatch(WalDbDataSource source) => source.Changed += Note;

    public int Count
    {
        get
        {
            lock (_lock)
                return _told.Count;
        }
    }

    /// <summary>What was told since the last time, as "+t1" for an insert, "*" for an update, "-" for a delete.</summary>
    public string Take() => string.Join(' ', TakeAll().Select(Write));

    public WalChangedEventArgs[] TakeAll()
    {
        lock (_lock)
        {
            var told = _told.ToArray();
            _told.Clear();
            return told;
        }
    }

    private static string Write(WalChangedEventArgs change)
        => $"{"+*-!"[(int)change.Kind]}{(change.Database == "main" ? "" : change.Database + ".")}{change.Table}{change.RowId}";

    private void Note(object? sender, WalChangedEventArgs change)
    {
        lock (_lock)
            _told.Add(change);
    }
}
