using System.Data.Common;
using Dapper;

namespace WalProvider.Tool;

/// <summary>A demo on a file: what the workers compare with is the count and checksum of the file's own rows.</summary>
internal sealed class FileSource : IDemoSource
{
    private readonly ImportPlan _plan;
    private readonly string _file;
    private readonly string _table;
    private readonly string _checksum;

    private FileSource(string file, string table, ImportPlan plan)
    {
        _file = file;
        _table = table;
        _plan = plan;
        var checksum = new RowChecksum();
        foreach (var row in Values())
        {
            foreach (var value in row)
                checksum.Add(value);
        }

        _checksum = checksum.ToString();
    }

    public string Title => _file;

    public long Rows => _plan.Rows;

    public string CreateTable =>
        $"CREATE TABLE {SqlName.Quote(_table)} ({string.Join(", ", _plan.Columns.Select(Declare))})";

    public string Insert =>
        $"INSERT INTO {SqlName.Quote(_table)} VALUES ({string.Join(", ", _plan.Columns.Select((_, i) => $"@p{i}"))})";

    public IReadOnlyList<string> WorkerArguments => ["--table", _table, "--rows", $"{Rows}", "--checksum", _checksum];

    /// <summary>Scans the file.</summary>
    /// <exception cref="ToolException">It cannot be imported, or has bad lines.</exception>
    public static FileSource Open(string file, Action<long> report, CancellationToken cancellationToken)
    {
        var options = new ImportOptions(file, "", Path.GetFileNameWithoutExtension(file), 0, null, null, SkipBad: false);
        var plan = new ImportScan(options, SourceFormat.Of(file, null)).Run(report, cancellationToken);
        return plan.BadCount == 0 ? new FileSource(file, options.Table, plan) : throw new BadLinesException(file, plan);
    }

    public IEnumerable<object> Read()
    {
        foreach (var row in Values())
        {
            var parameters = new DynamicParameters();
            for (var i = 0; i < row.Length; i++)
                parameters.Add($"p{i}", row[i] is DBNull ? null : row[i]);
            yield return parameters;
        }
    }

    public RowCheck Check(DbConnection connection, CancellationToken cancellationToken)
        => CheckRows(connection, _table, Rows, _checksum, cancellationToken);

    /// <summary>Reads a whole table and compares its count and checksum.</summary>
    public static RowCheck CheckRows(
        DbConnection connection, string table, long expectedRows, string expectedChecksum, CancellationToken cancellationToken)
    {
        var seen = new RowChecksum();
        var count = 0L;
        using var reader = connection.ExecuteReader($"SELECT * FROM {SqlName.Quote(table)} ORDER BY rowid");
        while (reader.Read())
        {
            for (var i = 0; i < reader.FieldCount; i++)
                seen.Add(reader.GetValue(i));
            count++;
            cancellationToken.ThrowIfCancellationRequested();
        }

        return new RowCheck(count, seen.ToString(), expectedRows, expectedChecksum);
    }

    private IEnumerable<object[]> Values()
    {
        using var reader = _plan.Format.Open(_file);
        foreach (var row in RowBinder.Rows(reader, _plan, _file))
            yield return row;
    }

    private static string Declare(ImportColumn column) => $"{SqlName.Quote(column.Name)} {column.Type.ToString().ToUpperInvariant()}";
}
