using SQLitePCL;

namespace WalProvider;

/// <summary>One compiled statement with what is worth knowing about it beforehand.</summary>
internal sealed class CompiledStatement : IDisposable
{
    private const int StatusReprepare = 5;

    private string?[]? _parameterNames;
    private (string Name, int Index)[] _plan = [];
    private string[] _columnNames = [];
    private int _namesOfCompilation = -1;

    internal CompiledStatement(sqlite3_stmt handle, StatementKind kind, bool wroteTempOnly)
    {
        Handle = handle;
        Row = new ResultRow(handle);
        Kind = kind;
        IsExplain = kind == StatementKind.Explain;
        // NB: EXPLAIN of a write reports that it is not read-only; it writes nothing.
        IsWrite = !IsExplain && raw.sqlite3_stmt_readonly(handle) == 0;
        NeedsGate = IsWrite && !wroteTempOnly;
        HasColumns = raw.sqlite3_column_count(handle) != 0;
        ParameterCount = raw.sqlite3_bind_parameter_count(handle);
    }

    /// <summary>The engine's statement.</summary>
    internal sqlite3_stmt Handle { get; }

    /// <summary>The row that it stands on.</summary>
    internal ResultRow Row { get; }

    /// <summary>Where the texts that are bound to it stand.</summary>
    internal BindArena Arena { get; } = new();

    /// <summary>What the statement is, by its first words.</summary>
    internal StatementKind Kind { get; }

    /// <summary>Whether the engine says that it may write.</summary>
    internal bool IsWrite { get; }

    /// <summary>Whether it writes to more than temporary tables.</summary>
    internal bool NeedsGate { get; }

    /// <summary>Whether it only explains.</summary>
    internal bool IsExplain { get; }

    /// <summary>Whether it has a result, be it empty.</summary>
    internal bool HasColumns { get; }

    /// <summary>How many parameters it has; the largest number of a numbered one.</summary>
    internal int ParameterCount { get; }

    /// <summary>Whether it may be kept for the next execution of the same text.</summary>
    internal bool IsKept => Kind is StatementKind.Dml or StatementKind.Begin or StatementKind.BeginWrite
        or StatementKind.Commit or StatementKind.Rollback;

    /// <summary>Whether it is a write that counts towards the batch.</summary>
    internal bool IsCounted => IsWrite && Kind is StatementKind.Dml or StatementKind.Ddl;

    /// <summary>The name of the parameter at an index from 1, with its prefix; null for a bare question mark.</summary>
    internal string? ParameterName(int index)
    {
        _parameterNames ??= ReadParameterNames();
        return _parameterNames[index - 1];
    }

    /// <summary>
    /// The index of the parameter that the caller's parameter at <paramref name="position"/> meant last time, when its
    /// name is the same string object; 0 when it must be looked up.
    /// </summary>
    internal int Recall(int position, string name)
        => position < _plan.Length && ReferenceEquals(_plan[position].Name, name) ? _plan[position].Index : 0;

    /// <summary>Remembers what the caller's parameter at a position meant.</summary>
    internal void Remember(int position, string name, int index)
    {
        if (position >= _plan.Length)
        {
            Array.Resize(ref _plan, Math.Max(position + 1, ParameterCount));
        }

        _plan[position] = (name, index);
    }

    /// <summary>The index of the parameter of that exact name; 0 when there is none.</summary>
    internal int IndexOf(string name)
    {
        for (var index = 1; index <= ParameterCount; index++)
        {
            if (string.Equals(ParameterName(index), name, StringComparison.Ordinal))
            {
                return index;
            }
        }

        return 0;
    }

    /// <summary>The names of the result's columns.</summary>
    /// <remarks>
    /// NB: to be read after the first step, in which SQLite compiles the statement anew if the schema has changed.
    /// </remarks>
    internal string[] ColumnNames()
    {
        var compilation = raw.sqlite3_stmt_status(Handle, StatusReprepare, 0);
        if (compilation != _namesOfCompilation)
        {
            _columnNames = new string[raw.sqlite3_column_count(Handle)];
            for (var ordinal = 0; ordinal < _columnNames.Length; ordinal++)
            {
                _columnNames[ordinal] = raw.sqlite3_column_name(Handle, ordinal).utf8_to_string();
            }

            _namesOfCompilation = compilation;
        }

        return _columnNames;
    }

    /// <summary>Leaves nothing of this execution behind: neither a lock nor a value.</summary>
    internal void Clear()
    {
        _ = EngineExports.Reset(Handle);
        if (ParameterCount > 0)
        {
            _ = EngineExports.ClearBindings(Handle);
            Arena.Reset();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Handle.Dispose();
        Arena.Dispose();
    }

    private string?[] ReadParameterNames()
    {
        var names = new string?[ParameterCount];
        for (var index = 1; index <= names.Length; index++)
        {
            names[index - 1] = raw.sqlite3_bind_parameter_name(Handle, index).utf8_to_string();
        }

        return names;
    }
}
