using System.Text.Unicode;
using CsvHelper;

namespace WalProvider.Tool;

/// <summary>Reads CSV as RFC 4180 has it, with any separator: quoted fields may hold separators, quotes and line breaks.</summary>
internal sealed class CsvRecordReader : IRecordReader
{
    private readonly CsvReader _reader;
    private string? _problem;
    private int _width;

    public CsvRecordReader(Stream stream, char delimiter)
    {
        _reader = CsvReader.Create(stream, new CsvReaderOptions
        {
            Separator = delimiter,
            HasHeader = false,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Recover,
            OnMalformedRecord = malformed => _problem = Describe(malformed.Reason),
        });
    }

    public long Position => _reader.ByteOffset;

    public IReadOnlyList<string>? Names => null;

    public bool Read(SourceRecord record)
    {
        record.Values.Clear();
        _problem = null;
        if (!_reader.Read())
            return false;

        record.Line = _reader.LineNumber;
        record.Problem = FindProblem();
        for (var i = 0; i < _reader.FieldCount && record.Problem is null; i++)
        {
            var field = _reader.GetString(i);
            record.Values.Add(new SourceValue(ValueClassifier.OfField(field), field));
        }

        return true;
    }

    public void Dispose() => _reader.Dispose();

    private string? FindProblem()
    {
        if (_problem is not null)
            return _problem;
        if (!Utf8.IsValid(_reader.RawRecord))
            return "bytes that are not UTF-8";

        // The first good record says how many fields there are.
        _width = _width == 0 ? _reader.FieldCount : _width;
        return _reader.FieldCount == _width ? null : $"{(_width == 1 ? "1 field" : $"{_width} fields")} expected, found {_reader.FieldCount}";
    }

    private static string Describe(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.StrayQuote => "a quote stands inside a field that is not quoted",
        CsvMalformedReason.TextAfterClosingQuote => "text follows a closing quote",
        CsvMalformedReason.UnterminatedQuote => "a quoted field begins here and never ends, so the rest of the file belongs to it",
        _ => reason.ToString(),
    };
}
