using System.Globalization;
using System.Text.RegularExpressions;
using SQLitePCL;

namespace WalProvider;

/// <summary>A column's declared type, taken apart: VARCHAR(20), DECIMAL(10,2).</summary>
/// <seealso href="https://www.sqlite.org/datatype3.html"/>
internal sealed partial class DeclaredType(string text)
{
    private readonly Match _numbers = Numbers().Match(text);

    /// <summary>The type without its numbers, as the reader names it; BLOB where none is declared.</summary>
    internal string Name => text.Length == 0 ? ColumnTypes.Name(raw.SQLITE_NULL) : text.Split('(')[0].TrimEnd();

    /// <summary>The storage class that it prefers.</summary>
    internal int Affinity => text.Length == 0 ? raw.SQLITE_BLOB : ColumnTypes.Affinity(text);

    /// <summary>The length of a text or a blob.</summary>
    internal int? Length => IsText || Affinity == raw.SQLITE_BLOB ? Number("first") : null;

    internal int? Precision => IsText || Affinity == raw.SQLITE_BLOB ? null : Number("first");

    internal int? Scale => Precision is null ? null : Number("second");

    /// <summary>What the Entity Data Model calls the type of the values.</summary>
    internal string EdmType => Affinity switch
    {
        raw.SQLITE_INTEGER => "Int64",
        raw.SQLITE_FLOAT => "Double",
        raw.SQLITE_TEXT => "String",
        _ => "Binary",
    };

    // NB: NUMERIC affinity counts as text there too; its numbers are digits all the same.
    private bool IsText => Name.Contains("CHAR", StringComparison.OrdinalIgnoreCase)
        || Name.Contains("TEXT", StringComparison.OrdinalIgnoreCase) || Name.Contains("CLOB", StringComparison.OrdinalIgnoreCase);

    private int? Number(string group)
        => int.TryParse(_numbers.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"\(\s*(?<first>\d+)\s*(,\s*(?<second>\d+)\s*)?\)")]
    private static partial Regex Numbers();
}
