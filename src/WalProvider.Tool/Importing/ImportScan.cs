namespace WalProvider.Tool;

/// <summary>
/// Reads a whole file before anything is written: so that the types hold for every row, and that a bad line stops the
/// import while there is nothing to undo.
/// </summary>
internal sealed class ImportScan(ImportOptions options, SourceFormat format)
{
    /// <summary>SQLite's own limit.</summary>
    private const int MostColumns = 2000;

    /// <summary>Past so many, bad lines are only counted.</summary>
    private const int MostBadLines = 1000;

    private const int RecordsPerReport = 4096;
    private const long EarliestYear = 1500;
    private const long LatestYear = 2200;

    private readonly List<ColumnProfile> _profiles = [];
    private readonly List<BadLine> _badLines = [];
    private SourceValue[]? _first;
    private long _rows;
    private long _badCount;

    private bool IsPositional => format.Delimiter is not null;

    /// <exception cref="ToolException">The file has nothing to import, or a first line that cannot name columns.</exception>
    public ImportPlan Run(Action<long> report, CancellationToken cancellationToken)
    {
        using var reader = format.Open(options.File);
        var record = new SourceRecord();
        for (var n = 1; reader.Read(record); n++)
        {
            Add(record);
            if (n % RecordsPerReport == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                report(reader.Position);
            }
        }

        return Conclude(reader.Names);
    }

    private void Add(SourceRecord record)
    {
        if (record.Problem is { } problem)
        {
            if (IsPositional && _first is null)
                throw new ToolException(ExitCode.BadInput, $"{options.File}:{record.Line}: {problem}; nothing can be read without the first line.");
            if (++_badCount <= MostBadLines)
                _badLines.Add(new BadLine(record.Line, problem));
        }
        else if (IsPositional && _first is null)
        {
            _first = [.. record.Values];
        }
        else
        {
            _rows++;
            for (var i = 0; i < record.Values.Count; i++)
                Profile(i).Add(record.Values[i].Kind);
        }
    }

    private ColumnProfile Profile(int index)
    {
        while (_profiles.Count <= index)
            _profiles.Add(new ColumnProfile());
        return _profiles[index];
    }

    private ImportPlan Conclude(IReadOnlyList<string>? names)
    {
        var hasHeader = IsPositional && _first is not null && (options.HasHeader ?? LooksLikeHeader(_first));
        if (_first is not null && !hasHeader)
            AddFirstAsData(_first);

        names ??= hasHeader ? [.. _first!.Select(value => value.Text)] : [.. (_first ?? []).Select(_ => "")];
        if (names.Count == 0 && (_badCount == 0 || options.SkipBad))
            throw new ToolException(ExitCode.BadInput, $"{options.File} has nothing to import: it names no columns.");
        if (names.Count > MostColumns)
            throw new ToolException(ExitCode.BadInput, $"{options.File} has {names.Count} columns; SQLite holds {MostColumns}.");

        var columns = HeaderNames.Unique(names)
            .Select((name, i) => new ImportColumn(name, Profile(i).Type, Profile(i).IsNullable(_rows)))
            .ToArray();
        return new ImportPlan(format, columns, hasHeader, _rows, _badCount, _badLines);
    }

    private void AddFirstAsData(SourceValue[] first)
    {
        _rows++;
        for (var i = 0; i < first.Length; i++)
            Profile(i).Add(first[i].Kind);
    }

    /// <summary>
    /// A first line with numbers above columns of numbers is data; unless they are all years, which do stand in headers.
    /// </summary>
    private bool LooksLikeHeader(SourceValue[] first)
    {
        var numbers = first.Where((value, i) => IsNumber(value) && Profile(i).Type != ColumnType.Text).ToArray();
        return numbers.Length == 0 || numbers.All(IsYear);
    }

    private static bool IsNumber(SourceValue value) => value.Kind is ValueKind.Integer or ValueKind.WideInteger or ValueKind.Real;

    private static bool IsYear(SourceValue value)
        => value.Kind == ValueKind.Integer && long.Parse(value.Text) is >= EarliestYear and <= LatestYear;
}
