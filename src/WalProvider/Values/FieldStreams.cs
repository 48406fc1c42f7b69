using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>Opens the values of the current row as streams, and copies each at most once while it is read in pieces.</summary>
internal sealed class FieldStreams(WalSession session)
{
    private byte[]? _copy;
    private int _copiedOrdinal;

    /// <summary>A stream over the value in its table where the result holds the row's id, otherwise over a copy.</summary>
    internal Stream Open(sqlite3_stmt row, int ordinal)
    {
        // NB: an ordinal that is not there is refused before anything is asked about it.
        _ = ValueReader.TypeOf(row, ordinal);
        return RowBlob.Open(session.Engine.Inner, row, ordinal) ?? (Stream)new MemoryStream(Copy(row, ordinal), writable: false);
    }

    /// <summary>The same for the user, who may keep it after the row, even after the reader.</summary>
    internal Stream OpenToKeep(sqlite3_stmt row, int ordinal)
    {
        var stream = Open(row, ordinal);
        if (stream is SqliteBlob)
        {
            // NB: it would pin its snapshot in a pooled session.
            session.Touch();
        }

        return stream;
    }

    /// <summary>Forgets the copy of a value: the row is over.</summary>
    internal void Forget() => _copy = null;

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
