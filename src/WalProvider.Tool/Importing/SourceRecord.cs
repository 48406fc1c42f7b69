namespace WalProvider.Tool;

/// <summary>One record of a file, filled anew by each read.</summary>
internal sealed class SourceRecord
{
    /// <summary>The line on which it begins, from 1.</summary>
    public long Line { get; set; }

    /// <summary>Its values, by column.</summary>
    public List<SourceValue> Values { get; } = [];

    /// <summary>What is wrong with it; null for a good one.</summary>
    public string? Problem { get; set; }
}
