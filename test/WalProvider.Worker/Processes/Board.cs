using System.IO.MemoryMappedFiles;

namespace WalProvider.Worker;

/// <summary>Memory that processes share: what is committed, and how far each reader is.</summary>
internal sealed unsafe class Board : IDisposable
{
    private const int Announcement = 0;
    private const int End = 1;
    private const int FirstReader = 2;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly long* _numbers;

    /// <param name="database">Whose file it stands beside.</param>
    public Board(string database)
    {
        _file = MemoryMappedFile.CreateFromFile(database + ".board", FileMode.OpenOrCreate, null, Environment.SystemPageSize);
        _view = _file.CreateViewAccessor();
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _numbers = (long*)start;
    }

    /// <summary>The newest commit that is known to be over.</summary>
    public long Announced
    {
        get => Volatile.Read(ref _numbers[Announcement]);
        set => Volatile.Write(ref _numbers[Announcement], value);
    }

    /// <summary>Whether the readers are to end.</summary>
    public bool IsOver
    {
        get => Volatile.Read(ref _numbers[End]) != 0;
        set => Volatile.Write(ref _numbers[End], value ? 1 : 0);
    }

    /// <summary>How often a reader has read.</summary>
    public long ReadsOf(int reader) => Volatile.Read(ref _numbers[FirstReader + reader]);

    /// <summary>Counts one more.</summary>
    public void CountRead(int reader) => Volatile.Write(ref _numbers[FirstReader + reader], ReadsOf(reader) + 1);

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
