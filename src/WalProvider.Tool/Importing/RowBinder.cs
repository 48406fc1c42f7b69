using System.Globalization;

namespace WalProvider.Tool;

/// <summary>Makes what is stored of what a file holds.</summary>
internal static class RowBinder
{
    /// <summary>
    /// The value to store: exactly what the column's type can hold, and the text itself where the value does not fit,
    /// which SQLite stores in a column of any type.
    /// </summary>
    public static object Convert(SourceValue value, ColumnType type) => (type, value.Kind) switch
    {
        (_, ValueKind.Missing) => DBNull.Value,
        (ColumnType.Text, _) => value.Text,
        (_, ValueKind.Empty) => DBNull.Value,
        (_, ValueKind.Boolean) => value.Text == "true" ? 1L : 0L,
        (ColumnType.Integer, ValueKind.Integer or ValueKind.WideInteger)
            => long.Parse(value.Text, NumberStyles.Integer, CultureInfo.InvariantCulture),
        (ColumnType.Real, ValueKind.Integer or ValueKind.Real)
            => double.Parse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture),
        _ => value.Text,
    };

    /// <summary>The good records of a file as rows, without its header.</summary>
    /// <exception cref="ToolException">The file changed since it was scanned.</exception>
    public static IEnumerable<object[]> Rows(IRecordReader reader, ImportPlan plan, string file)
    {
        var record = new SourceRecord();
        var row = new object[plan.Columns.Count];
        var isHeader = plan.HasHeader;
        while (reader.Read(record))
        {
            if (record.Problem is not null || isHeader)
            {
                isHeader &= record.Problem is not null;
                continue;
            }

            if (record.Values.Count > row.Length)
                throw new ToolException(ExitCode.BadInput, $"{file} was changed while it was imported (line {record.Line}); nothing was imported.");
            for (var i = 0; i < row.Length; i++)
                row[i] = i < record.Values.Count ? Convert(record.Values[i], plan.Columns[i].Type) : DBNull.Value;
            yield return row;
        }
    }
}
