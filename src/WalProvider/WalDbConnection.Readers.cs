namespace WalProvider;

// The open readers and blobs, which close with the connection.
public sealed partial class WalDbConnection
{
    private readonly List<WalDbDataReader> _readers = [];
    private List<WalDbBlob>? _blobs;

    /// <summary>Closes the readers and blobs that are open.</summary>
    internal async ValueTask CloseReaders(bool async)
    {
        try
        {
            while (LastReader() is { } reader)
            {
                await reader.CloseAsync(async).ConfigureAwait(false);
            }

            while (_blobs is { Count: > 0 })
            {
                await _blobs[^1].Close(async).ConfigureAwait(false);
            }
        }
        finally
        {
            // One that fails is closed all the same, and must not leave the others open.
            if (LastReader() is not null || _blobs is { Count: > 0 })
            {
                await CloseReaders(async).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Notes a reader, to be closed with the connection.</summary>
    internal void Add(WalDbDataReader reader)
    {
        // Locked only so that threads which must not share a connection do not lose a reader, that would stay open for ever.
        lock (_readers)
        {
            _readers.Add(reader);
        }
    }

    /// <summary>Notes a blob, to be closed with the connection.</summary>
    internal void Add(WalDbBlob blob)
    {
        lock (_readers)
        {
            (_blobs ??= []).Add(blob);
        }
    }

    /// <summary>Forgets a reader that was closed.</summary>
    internal void Remove(WalDbDataReader reader)
    {
        lock (_readers)
        {
            var last = _readers.Count - 1;
            if (last >= 0 && ReferenceEquals(_readers[last], reader))
            {
                _readers.RemoveAt(last);
            }
            else
            {
                _readers.Remove(reader);
            }
        }
    }

    /// <summary>Forgets a blob that was closed.</summary>
    internal void Remove(WalDbBlob blob)
    {
        lock (_readers)
        {
            _blobs?.Remove(blob);
        }
    }

    private WalDbDataReader? LastReader()
    {
        lock (_readers)
        {
            return _readers.Count > 0 ? _readers[^1] : null;
        }
    }
}
