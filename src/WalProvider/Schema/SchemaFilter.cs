namespace WalProvider;

/// <summary>The restrictions of one call of GetSchema. Names match as SQLite compares them: without regard to case in ASCII.</summary>
internal sealed class SchemaFilter(string?[]? values)
{
    private const int SchemaPlace = 1;

    /// <summary>
    /// Whether there can be a match: SQLite's databases are catalogs, without schemas in them, so a schema's name fits nothing.
    /// </summary>
    internal bool CanMatch => string.IsNullOrEmpty(this[SchemaPlace]);

    /// <summary>How many values were given.</summary>
    internal int Count => values?.Length ?? 0;

    /// <summary>The restriction at a place; null for none.</summary>
    internal string? this[int place] => place < Count ? values![place] : null;

    /// <summary>Whether a name passes the restriction at a place.</summary>
    internal bool Passes(int place, object name)
        => this[place] is not { } wanted || string.Equals(wanted, name as string, StringComparison.OrdinalIgnoreCase);
}
