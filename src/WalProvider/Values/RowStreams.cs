using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>Opens streams over the values of one row; a long value that is read in pieces is copied once.</summary>
internal sealed class RowStreams
{
    private byte[]? _copy;
    private int _copiedOrdinal;

    /// <summary>A stream over the value in its table where the result holds the row's id, otherwise over a copy.</summary>
    internal Stream Open(SqliteConnection inner, sqlite3_stmt row, int ordinal)
    {
        // NB: an ordinal that is not there is refused before anything is asked about it.
        _ = ValueReader.TypeOf(row, ordinal);
        return RowBlob.Open(inner, row, ordinal) ?? (Stream)new MemoryStream(Copy(row, ordinal), writable: false);
    }

    private byte[] Copy(sqlite3_stmt row, int ordinal)
    {
        if (_copy is null || _copiedOrdinal != ordinal)
        {
            _copy = ValueReader.GetBlob(row, ordinal);
            _copiedOrdinal = ordinal;
        }

        return _copy;
    }
}
