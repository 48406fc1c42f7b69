namespace WalProvider;

/// <summary>Counts the rows that an execution has inserted, updated or deleted; -1 stands for "only queries so far".</summary>
internal struct AffectedRows
{
    /// <summary>Nothing counted yet.</summary>
    internal static readonly AffectedRows None = new() { _before = -1, _current = -1 };

    private int _before;
    private int _current;

    /// <summary>Rows of all texts so far.</summary>
    internal readonly int Total => Sum(_before, _current);

    /// <summary>Counts the rows of one statement that is no query.</summary>
    internal void Add(int rows) => _current = Sum(_current, rows);

    /// <summary>Tells a text that has ended what it has affected.</summary>
    internal void EndText(SqlText text)
    {
        text.RecordsAffected = _current;
        _before = text.IsOwn ? _before : Total;
        _current = -1;
    }

    private static int Sum(int one, int other) => one < 0 ? other : other < 0 ? one : one + other;
}
