namespace WalProvider.Tool;

/// <summary>How the records of a file are spelled.</summary>
/// <param name="Name">CSV, TSV or NDJSON.</param>
/// <param name="Delimiter">What separates fields; null for JSON.</param>
internal sealed record SourceFormat(string Name, char? Delimiter)
{
    private static readonly SourceFormat NdJson = new("NDJSON", null);

    /// <summary>The format of a file, by its name; a file whose name says nothing is JSON if it begins with a brace.</summary>
    /// <exception cref="ToolException">The file cannot be read.</exception>
    public static SourceFormat Of(string path, char? delimiter)
    {
        if (delimiter is not null)
            return new SourceFormat(delimiter == '\t' ? "TSV" : "CSV", delimiter);
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".csv" => new SourceFormat("CSV", ','),
            ".tsv" or ".tab" => new SourceFormat("TSV", '\t'),
            ".ndjson" or ".jsonl" or ".json" => NdJson,
            _ => BeginsWithBrace(path) ? NdJson : new SourceFormat("CSV", ','),
        };
    }

    /// <exception cref="ToolException">The file cannot be read.</exception>
    public IRecordReader Open(string path)
    {
        var stream = SourceStream.Open(path);
        return Delimiter is { } delimiter ? new CsvRecordReader(stream, delimiter) : new NdJsonRecordReader(stream);
    }

    private static bool BeginsWithBrace(string path)
    {
        using var lines = new LineReader(SourceStream.Open(path));
        while (lines.Read(out var line))
        {
            if (line.Span.TrimStart(" \t\r"u8) is { IsEmpty: false } text)
                return text[0] == (byte)'{';
        }

        return false;
    }
}
