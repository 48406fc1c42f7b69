namespace WalProvider.Tool;

/// <summary>Reads the records of a file, in order. A bad record does not stop it: the record says what is wrong.</summary>
internal interface IRecordReader : IDisposable
{
    /// <summary>How many bytes of the file were taken in so far.</summary>
    long Position { get; }

    /// <summary>The columns' names in the order of <see cref="SourceRecord.Values"/>, as far as seen; null where a header names them.</summary>
    IReadOnlyList<string>? Names { get; }

    /// <summary>Reads the next record; false at the end.</summary>
    bool Read(SourceRecord record);
}
