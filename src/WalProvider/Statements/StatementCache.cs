namespace WalProvider;

/// <summary>The compiled texts of one session that came more than once, the least recently used given up first.</summary>
/// <remarks>
/// <para>A program that makes a fresh command for each execution, as Dapper does, still compiles each text twice at most:
/// compiling costs more than stepping a short statement. Not for several threads: the session's lock guards it.</para>
/// <para>A text is kept from its second time on. One that never comes again, its values written into it, would push out
/// another that does; and what is kept is compiled to stay, away from the small memory that the engine has at hand for what
/// comes and goes.</para>
/// </remarks>
/// <seealso href="https://www.sqlite.org/c3ref/c_prepare_normalize.html"/>
internal sealed class StatementCache(int capacity) : IDisposable
{
    private const int SeenTexts = 512;

    private readonly Dictionary<string, CompiledText> _texts = new(StringComparer.Ordinal);
    // By hash codes, each in its place: to be wrong about a text costs one compiling, or a place in the cache.
    private readonly int[] _seen = capacity > 0 ? new int[SeenTexts] : [];
    private CompiledText? _newest;
    private CompiledText? _oldest;
    private bool _isDisposed;

    /// <summary>How many texts are kept.</summary>
    internal int Count => _texts.Count;

    /// <summary>The compiled text, to be given back with <see cref="Return"/>; a second one where it is in use.</summary>
    internal CompiledText Lease(string sql)
    {
        // Most programs repeat a text from the same string object: compare that before hashing.
        var text = ReferenceEquals(_newest?.Sql, sql) ? _newest : _texts.GetValueOrDefault(sql);
        if (text is null || text.IsLeased)
        {
            return new CompiledText(sql, stays: IsSeenAgain(sql)) { IsLeased = true };
        }

        text.IsLeased = true;
        if (!ReferenceEquals(text, _newest))
        {
            Unlink(text);
            LinkNewest(text);
        }

        return text;
    }

    /// <summary>Takes a text back, to keep it or to finalize it.</summary>
    internal void Return(CompiledText text)
    {
        text.IsLeased = false;
        if (text.IsCached)
        {
            return;
        }

        if (_isDisposed || !text.IsKept || !_texts.TryAdd(text.Sql, text))
        {
            text.Dispose();
            return;
        }

        text.IsCached = true;
        LinkNewest(text);
        Trim();
    }

    /// <summary>Finalizes all that is kept; what is in use is finalized when it comes back.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        foreach (var text in _texts.Values)
        {
            text.IsCached = false;
            if (!text.IsLeased)
            {
                text.Dispose();
            }
        }

        _texts.Clear();
        _newest = _oldest = null;
    }

    private bool IsSeenAgain(string sql)
    {
        if (capacity == 0)
        {
            return false;
        }

        var hash = sql.GetHashCode(StringComparison.Ordinal);
        ref var place = ref _seen[(uint)hash % SeenTexts];
        var isSeen = place == hash;
        place = hash;
        return isSeen;
    }

    private void Trim()
    {
        var candidate = _oldest;
        while (_texts.Count > capacity && candidate is not null)
        {
            var newer = candidate.Newer;
            if (!candidate.IsLeased)
            {
                _texts.Remove(candidate.Sql);
                Unlink(candidate);
                candidate.Dispose();
            }

            candidate = newer;
        }
    }

    private void LinkNewest(CompiledText text)
    {
        text.Older = _newest;
        text.Newer = null;
        if (_newest is not null)
        {
            _newest.Newer = text;
        }

        _newest = text;
        _oldest ??= text;
    }

    private void Unlink(CompiledText text)
    {
        if (text.Older is not null)
        {
            text.Older.Newer = text.Newer;
        }
        else if (ReferenceEquals(_oldest, text))
        {
            _oldest = text.Newer;
        }

        if (text.Newer is not null)
        {
            text.Newer.Older = text.Older;
        }
        else if (ReferenceEquals(_newest, text))
        {
            _newest = text.Older;
        }

        text.Older = text.Newer = null;
    }
}
