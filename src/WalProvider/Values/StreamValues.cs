using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>The streams among a text's parameters: each read once, whole, before the first statement that takes it.</summary>
/// <remarks>
/// NB: the engine needs the value while it steps, under the session's lock; a stream may be slow, and may be a blob of the same
/// connection. So it is read between two advances, as locks are waited for.
/// </remarks>
internal sealed class StreamValues : IDisposable
{
    private const int LimitLength = 0;

    private readonly List<StreamValue> _values = [];

    /// <summary>Binds a stream's content; false where it is to be read first.</summary>
    internal bool TryBind(sqlite3_stmt statement, int index, Stream stream, int atMost)
    {
        var value = _values.Find(known => ReferenceEquals(known.Stream, stream));
        if (value is null)
        {
            _values.Add(value = new StreamValue(stream, atMost));
        }

        if (!value.IsRead)
        {
            return false;
        }

        SqliteException.ThrowExceptionForRC(EngineExports.BindBlobInPlace(statement, index, value.Bytes), null);
        return true;
    }

    /// <summary>Reads those that were not read yet.</summary>
    /// <inheritdoc cref="StreamValue.Read"/>
    internal async ValueTask Read(sqlite3 db, bool async, CancellationToken cancellationToken)
    {
        var limit = raw.sqlite3_limit(db, LimitLength, -1);
        foreach (var value in _values)
        {
            if (!value.IsRead)
            {
                await value.Read(limit, async, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Frees what was read; the bindings must be cleared by then.</summary>
    public void Dispose() => _values.ForEach(value => value.Dispose());
}
