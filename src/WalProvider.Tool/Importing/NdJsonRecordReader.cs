using System.Text.Json;
using System.Text.Unicode;

namespace WalProvider.Tool;

/// <summary>Reads newline-delimited JSON: an object a line. Its keys are the columns, in the order in which they come up.</summary>
internal sealed class NdJsonRecordReader(Stream stream) : IRecordReader
{
    private readonly LineReader _lines = new(stream);
    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _indexes = [];
    private readonly HashSet<string> _keys = [];

    public long Position => _lines.Position;

    public IReadOnlyList<string> Names => _names;

    private static ReadOnlySpan<byte> Blank => " \t\r"u8;

    public bool Read(SourceRecord record)
    {
        record.Values.Clear();
        ReadOnlyMemory<byte> line;
        do
        {
            if (!_lines.Read(out line))
                return false;
        }
        while (line.Span.Trim(Blank).IsEmpty);

        record.Line = _lines.Line;
        record.Problem = Utf8.IsValid(line.Span) ? Fill(record, line) : "bytes that are not UTF-8";
        return true;
    }

    public void Dispose() => _lines.Dispose();

    private string? Fill(SourceRecord record, ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return $"a JSON object expected, found {document.RootElement.ValueKind}";
            return FindRepeatedKey(document.RootElement) ?? Fill(record, document.RootElement);
        }
        catch (JsonException error)
        {
            return $"not JSON: at byte {error.BytePositionInLine + 1} of the line";
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, escaped: JSON allows it, no UTF-8 text can hold it.
            return "a string that is not Unicode text";
        }
    }

    /// <summary>Each of two values of one key would be as right as the other.</summary>
    private string? FindRepeatedKey(JsonElement value)
    {
        _keys.Clear();
        foreach (var property in value.EnumerateObject())
        {
            if (!_keys.Add(property.Name))
                return $"the key \"{property.Name}\" is there twice";
        }

        return null;
    }

    private string? Fill(SourceRecord record, JsonElement value)
    {
        foreach (var property in value.EnumerateObject())
        {
            var converted = Convert(property.Value);
            var index = IndexOf(property.Name);
            while (record.Values.Count <= index)
                record.Values.Add(SourceValue.Missing);
            record.Values[index] = converted;
        }

        return null;
    }

    private int IndexOf(string name)
    {
        if (!_indexes.TryGetValue(name, out var index))
        {
            index = _names.Count;
            _indexes.Add(name, index);
            _names.Add(name);
        }

        return index;
    }

    private static SourceValue Convert(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => SourceValue.Missing,
        JsonValueKind.String => new SourceValue(ValueKind.Text, value.GetString()!),
        JsonValueKind.True or JsonValueKind.False => new SourceValue(ValueKind.Boolean, value.GetRawText()),
        JsonValueKind.Number => new SourceValue(ValueClassifier.OfNumber(value.GetRawText()), value.GetRawText()),
        _ => new SourceValue(ValueKind.Text, value.GetRawText()),
    };
}
