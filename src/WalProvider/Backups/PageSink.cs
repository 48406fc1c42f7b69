namespace WalProvider;

/// <summary>
/// Takes the pages of a copy as the engine writes them: from the second on in their order, the first at any time. Keeps
/// them until they are taken on, so that what it holds is what one step of the copy writes.
/// </summary>
/// <remarks>
/// The order is how the engine's cache gives way, not what it promises; so it is looked at, and a copy in another order
/// fails.
/// </remarks>
/// <param name="pageSize">The size of a page in bytes.</param>
/// <param name="isKept">Whether the pages behind the first are wanted.</param>
internal sealed class PageSink(int pageSize, bool isKept)
{
    // The page that holds this byte is never used, and the copy leaves it out.
    private const long LockByte = 1L << 30;

    private readonly MemoryStream _pages = new();
    private readonly byte[] _firstPage = new byte[pageSize];
    private long _next = pageSize;
    private bool _hasFirstPage;

    /// <summary>How long the file would be.</summary>
    internal long Length => _hasFirstPage || _next > pageSize ? _next : 0;

    /// <summary>The first page; null where it was not written, which is at the end.</summary>
    internal byte[]? FirstPage => _hasFirstPage ? _firstPage : null;

    /// <summary>Why the copy cannot be taken as a stream; null while it can.</summary>
    internal string? Refusal { get; private set; }

    /// <summary>The pages that were written since the last call; valid until the next write.</summary>
    internal ReadOnlyMemory<byte> Take()
    {
        var taken = _pages.GetBuffer().AsMemory(0, (int)_pages.Length);
        _pages.SetLength(0);
        return taken;
    }

    /// <summary>Whether nothing is written yet at an offset and behind it.</summary>
    internal bool IsBehindEnd(long offset) => offset >= Length;

    /// <summary>Lets the copy fail.</summary>
    internal void Refuse(string what) => Refusal ??= $"SQLite {what}";

    /// <summary>Takes one page.</summary>
    internal bool TryWrite(ReadOnlySpan<byte> page, long offset)
    {
        if (page.Length != pageSize)
        {
            Refuse($"writes {page.Length} bytes where a page has {pageSize}");
        }
        else if (offset == 0)
        {
            page.CopyTo(_firstPage);
            _hasFirstPage = true;
        }
        else
        {
            TakeNext(page, offset);
        }

        return Refusal is null;
    }

    private void TakeNext(ReadOnlySpan<byte> page, long offset)
    {
        if (offset == _next + pageSize && _next == LockByte / pageSize * pageSize)
        {
            Keep(new byte[pageSize]);
        }

        if (offset == _next)
        {
            Keep(page);
        }
        else
        {
            Refuse($"writes at {offset}, where {_next} is next");
        }
    }

    private void Keep(ReadOnlySpan<byte> page)
    {
        try
        {
            if (isKept)
            {
                _pages.Write(page);
            }

            _next += pageSize;
        }
        catch (OutOfMemoryException)
        {
            // NB: no exception may pass through the engine's frames.
            Refuse("writes more in one step than there is memory for");
        }
    }
}
