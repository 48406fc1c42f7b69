namespace WalProvider.Tool;

/// <summary>What was seen in one column of the whole file, and so what type holds all of it unchanged.</summary>
internal sealed class ColumnProfile
{
    private int _seen;
    private long _values;

    /// <summary>The narrowest type that loses nothing; Text for a column without a value.</summary>
    public ColumnType Type => (Has(ValueKind.Text), Has(ValueKind.Boolean), HasNumber) switch
    {
        (true, _, _) or (_, true, true) or (_, false, false) => ColumnType.Text,
        (_, true, false) => ColumnType.Integer,
        _ => !Has(ValueKind.Real) ? ColumnType.Integer : Has(ValueKind.WideInteger) ? ColumnType.Text : ColumnType.Real,
    };

    private bool HasNumber => Has(ValueKind.Integer) || Has(ValueKind.WideInteger) || Has(ValueKind.Real);

    public void Add(ValueKind kind)
    {
        _seen |= 1 << (int)kind;
        _values++;
    }

    /// <summary>Whether some of so many rows will be NULL here.</summary>
    public bool IsNullable(long rows)
        => _values < rows || Has(ValueKind.Missing) || (Has(ValueKind.Empty) && Type != ColumnType.Text);

    private bool Has(ValueKind kind) => (_seen & (1 << (int)kind)) != 0;
}
