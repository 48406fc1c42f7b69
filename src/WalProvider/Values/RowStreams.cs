using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>Opens streams over the values of one row; a long value that is read in pieces is copied once.</summary>
internal sealed class RowStreams(WalSession session)
{
    private byte[]? _copy;
    private int _copiedOrdinal;

    /// <summary>Where the value stands in its table; null where the result does not hold the row's id.</summary>
    internal BlobAddress? Find(ResultRow row, int ordinal)
    {
        // NB: an ordinal that is not there is refused before anything is asked about it.
        _ = row.TypeOf(ordinal);
        return RowBlob.Find(session.Engine.Db, row.Statement, ordinal);
    }

    /// <summary>A stream for a moment: over the value in its table where the result holds the row's id, otherwise over a copy.</summary>
    /// <exception cref="SqliteException">The value is neither text nor a blob, or its table has no row ids.</exception>
    internal Stream Open(ResultRow row, int ordinal)
        => Find(row, ordinal) is { } value
            ? new SqliteBlob(session.Engine.Inner, value.Database, value.Table, value.Column, value.RowId, readOnly: true)
            : OpenCopy(row, ordinal);

    /// <summary>A stream over a copy.</summary>
    internal Stream OpenCopy(ResultRow row, int ordinal) => new MemoryStream(Copy(row, ordinal), writable: false);

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
