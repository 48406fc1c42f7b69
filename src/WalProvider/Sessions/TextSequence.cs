using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>The texts that one execution runs one after the other: a single one, or those of a batch of commands.</summary>
internal struct TextSequence
{
    private IReadOnlyList<SqlText>? _texts;
    private CompiledText? _compiled;

    /// <summary>A single text.</summary>
    internal TextSequence(string sql, SqliteParameterCollection? parameters)
    {
        Sql = sql;
        Parameters = parameters;
    }

    /// <summary>Several, each with its own values.</summary>
    internal TextSequence(IReadOnlyList<SqlText> texts)
        : this(texts[0].Sql, texts[0].Parameters)
        => _texts = texts;

    /// <summary>The text that runs; null when the last has ended.</summary>
    internal string? Sql { get; private set; }

    /// <summary>Its values.</summary>
    internal SqliteParameterCollection? Parameters { get; private set; }

    /// <summary>Which of several texts runs, or ran last; their number when all have ended.</summary>
    internal int Index { get; private set; }

    /// <summary>Whether the text that runs is leased from the session: nothing was begun before, and nothing is left after.</summary>
    internal readonly bool IsLeased => _compiled is not null;

    /// <summary>Whether there is only one.</summary>
    internal readonly bool IsSingle => _texts is null;

    /// <summary>The text that runs, compiled.</summary>
    /// <exception cref="InvalidOperationException">All have ended.</exception>
    internal CompiledText Lease(TextCompiler compiler) => _compiled ??= compiler.Lease(Sql ?? throw StopErrors.ClosedMeanwhile());

    /// <summary>Gives the text back that has ended. Where it is one of several, it is told what it has affected.</summary>
    internal void Return(TextCompiler compiler, ref AffectedRows affected)
    {
        if (_compiled is null)
        {
            return;
        }

        if (_texts is not null)
        {
            affected.EndText(_texts[Index]);
        }

        compiler.Return(_compiled);
        _compiled = null;
    }

    /// <summary>Goes on to the next text; false, with nothing left, after the last.</summary>
    internal bool TryGoOn()
    {
        if (_texts is null || ++Index >= _texts.Count)
        {
            End();
            return false;
        }

        Sql = _texts[Index].Sql;
        Parameters = _texts[Index].Parameters;
        return true;
    }

    /// <summary>Leaves nothing.</summary>
    internal void End()
    {
        _texts = null;
        Sql = null;
        Parameters = null;
    }
}
