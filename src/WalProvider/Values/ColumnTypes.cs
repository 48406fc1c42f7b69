using System.Diagnostics.CodeAnalysis;
using SQLitePCL;

namespace WalProvider;

/// <summary>What type a column is said to have: by its value, or by the affinity of its declared type.</summary>
/// <seealso href="https://www.sqlite.org/datatype3.html#determination_of_column_affinity"/>
internal static class ColumnTypes
{
    /// <summary>The CLR type of a storage class; byte[] for NULL too.</summary>
    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties)]
    internal static Type Clr(int storageClass) => storageClass switch
    {
        raw.SQLITE_INTEGER => typeof(long),
        raw.SQLITE_FLOAT => typeof(double),
        raw.SQLITE_TEXT => typeof(string),
        _ => typeof(byte[]),
    };

    /// <summary>The CLR type of what SQL's typeof says.</summary>
    internal static Type Clr(string typeOf) => typeOf switch
    {
        "integer" => typeof(long),
        "real" => typeof(double),
        "text" => typeof(string),
        _ => typeof(byte[]),
    };

    /// <summary>The name of a storage class as a declared type; BLOB for NULL too.</summary>
    internal static string Name(int storageClass) => storageClass switch
    {
        raw.SQLITE_INTEGER => "INTEGER",
        raw.SQLITE_FLOAT => "REAL",
        raw.SQLITE_TEXT => "TEXT",
        _ => "BLOB",
    };

    /// <summary>The storage class that a declared type prefers, by SQLite's rules in their order.</summary>
    /// <remarks>NUMERIC affinity counts as text, as in the wrapped provider: it keeps decimals exact.</remarks>
    internal static int Affinity(string declaredType)
        => Has(declaredType, "INT") ? raw.SQLITE_INTEGER
            : Has(declaredType, "CHAR") || Has(declaredType, "CLOB") || Has(declaredType, "TEXT") ? raw.SQLITE_TEXT
            : Has(declaredType, "BLOB") ? raw.SQLITE_BLOB
            : Has(declaredType, "REAL") || Has(declaredType, "FLOA") || Has(declaredType, "DOUB") ? raw.SQLITE_FLOAT
            : raw.SQLITE_TEXT;

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
}
