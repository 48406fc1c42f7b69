using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>
/// Writes that were pending in a batch are lost: SQLite rolled back the shared transaction, or its COMMIT failed. The
/// connection is usable again.
/// </summary>
/// <remarks>
/// After an I/O error (code 10) in COMMIT the outcome is unknown rather than lost: the writes may be visible when
/// the file is opened again.
/// </remarks>
public sealed class WriteBatchLostException : SqliteException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="errorCode">SQLite's result code.</param>
    /// <param name="extendedErrorCode">SQLite's extended result code.</param>
    /// <param name="lostWrites">How many writes were pending.</param>
    public WriteBatchLostException(string? message, int errorCode, int extendedErrorCode, int lostWrites)
        : base(message, errorCode, extendedErrorCode)
    {
        LostWrites = lostWrites;
        HelpLink = "docs/errors.md";
    }

    /// <summary>How many executed write statements the lost transaction held.</summary>
    public int LostWrites { get; }
}
