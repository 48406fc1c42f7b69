namespace WalProvider.Tool;

/// <summary>What .NET knows of one code point.</summary>
internal sealed record UnicodeRow
{
    /// <summary>The code point, 0 to 0x10FFFF.</summary>
    public long CodePoint { get; init; }

    /// <summary>Its general category.</summary>
    public string Category { get; init; } = "";

    /// <summary>The number that it stands for; null for most.</summary>
    public double? NumericValue { get; init; }

    /// <summary>Its simple upper case; itself for most.</summary>
    public long Upper { get; init; }

    /// <summary>Its simple lower case; itself for most.</summary>
    public long Lower { get; init; }

    /// <summary>Its compatibility decomposition; null for those that have none.</summary>
    public string? Decomposition { get; init; }

    public void AddTo(RowChecksum checksum)
    {
        checksum.Add(CodePoint);
        checksum.Add(Category);
        checksum.Add(NumericValue);
        checksum.Add(Upper);
        checksum.Add(Lower);
        checksum.Add(Decomposition);
    }
}
