using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>Opens streams over the values of one row; a long value that is read in pieces is copied once.</summary>
internal sealed class RowStreams(WalSession session)
{
    private byte[]? _copy;
    private int _copiedOrdinal;

    /// <summary>A stream over the value in its table where the result holds the row's id, otherwise over a copy.</summary>
    internal Stream Open(ResultRow row, int ordinal)
    {
        // NB: an ordinal that is not there is refused before anything is asked about it.
        _ = row.TypeOf(ordinal);
        return RowBlob.Open(session.Engine.Inner, row.Statement, ordinal) ?? (Stream)new MemoryStream(Copy(row, ordinal), writable: false);
    }

    /// <summary>The same for the user, who may keep it after the row, even after the reader.</summary>
    internal Stream OpenToKeep(ResultRow row, int ordinal)
    {
        var stream = Open(row, ordinal);
        if (stream is SqliteBlob)
        {
            // NB: it would pin its snapshot in a pooled session.
            session.Touch();
        }

        return stream;
    }

    private byte[] Copy(ResultRow row, int ordinal)
    {
        if (_copy is null || _copiedOrdinal != ordinal)
        {
            _copy = ValueReader.GetBlob(row, ordinal);
            _copiedOrdinal = ordinal;
        }

        return _copy;
    }
}
