using System.Text;
using SQLitePCL;

namespace WalProvider;

/// <summary>
/// The statements of one SQL text, compiled along its tail as they are reached: a later one may need what an earlier
/// one makes.
/// </summary>
/// <param name="sql">The text as the caller gave it.</param>
/// <param name="stays">Whether it is compiled to be used again.</param>
internal sealed class CompiledText(string sql, bool stays) : IDisposable
{
    private const uint Persistent = 1;

    private readonly List<CompiledStatement> _statements = new(1);
    private byte[]? _utf8;
    private int _startByte;
    private int _startChar;
    private bool _isComplete;

    /// <summary>The text as the caller gave it.</summary>
    internal string Sql { get; } = sql;

    /// <summary>Whether an execution is using it; a text in use is not shared.</summary>
    internal bool IsLeased { get; set; }

    /// <summary>Whether the cache keeps it.</summary>
    internal bool IsCached { get; set; }

    /// <summary>The texts used a little earlier and a little later, in the cache's order of use.</summary>
    internal CompiledText? Older { get; set; }

    /// <inheritdoc cref="Older"/>
    internal CompiledText? Newer { get; set; }

    /// <summary>Whether it was compiled to stay and to its end, and all its statements may be used again.</summary>
    internal bool IsKept => stays && _isComplete && _statements.Count > 0 && _statements.TrueForAll(s => s.IsKept);

    /// <summary>The kind of the statement at an index, before it is compiled.</summary>
    internal StatementKind KindOf(int index)
        => index < _statements.Count ? _statements[index].Kind : SqlScanner.KindOf(_isComplete ? [] : Sql.AsSpan(_startChar));

    /// <summary>Whether the next statement to compile is the PRAGMA of the engine's own waiting.</summary>
    internal bool IsBusyTimeoutNext
        => SqlScanner.PragmaOf(Sql.AsSpan(_startChar)).Equals("busy_timeout", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The statement at an index, compiled if it was not yet; null past the end. Tried once, without waiting.
    /// </summary>
    /// <returns>The engine's result code.</returns>
    internal int Get(sqlite3 db, SessionWatch watch, int index, out CompiledStatement? statement)
    {
        while (index >= _statements.Count && !_isComplete)
        {
            var result = CompileNext(db, watch);
            if (result != raw.SQLITE_OK)
            {
                statement = null;
                return result;
            }
        }

        statement = index < _statements.Count ? _statements[index] : null;
        return raw.SQLITE_OK;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in _statements)
        {
            statement.Dispose();
        }

        _statements.Clear();
    }

    private int CompileNext(sqlite3 db, SessionWatch watch)
    {
        _utf8 ??= Encode();
        var kind = SqlScanner.KindOf(Sql.AsSpan(_startChar));
        watch.BeginCompile();
        var result = raw.sqlite3_prepare_v3(db, _utf8.AsSpan(_startByte), stays ? Persistent : 0, out var handle, out var tail);
        if (result != raw.SQLITE_OK)
        {
            return result;
        }

        Advance(_utf8, _utf8.Length - tail.Length);
        // NB: blanks and comments compile to no statement.
        if (!handle.IsInvalid)
        {
            _statements.Add(new CompiledStatement(handle, kind, watch.WroteTempOnly));
        }

        if (_isComplete)
        {
            _utf8 = null;
        }

        return raw.SQLITE_OK;
    }

    private void Advance(byte[] utf8, int startByte)
    {
        // NB: a NUL ends the text for the engine, wherever it stands: it would compile nothing there, for ever.
        _isComplete = startByte >= utf8.Length - 1 || utf8[startByte] == 0;
        if (!_isComplete)
        {
            _startChar += Encoding.UTF8.GetCharCount(utf8, _startByte, startByte - _startByte);
            _startByte = startByte;
        }
    }

    private byte[] Encode()
    {
        // NB: the engine wants the text to end in NUL, and its tail is counted from there.
        var utf8 = new byte[Encoding.UTF8.GetByteCount(Sql) + 1];
        Encoding.UTF8.GetBytes(Sql, utf8);
        return utf8;
    }
}
