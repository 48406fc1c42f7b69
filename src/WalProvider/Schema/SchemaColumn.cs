using System.Data;

namespace WalProvider;

/// <summary>What the database says of one column of a table or a view.</summary>
internal sealed record SchemaColumn(
    long Ordinal, string Name, DeclaredType Type, bool IsNotNull, object Default, bool IsKey, bool IsUnique, bool IsGenerated)
{
    /// <summary>The columns of the collections that describe columns, and the type of each.</summary>
    internal static readonly (string Name, Type Type)[] Facts =
    [
        ("ORDINAL_POSITION", typeof(int)), ("COLUMN_HASDEFAULT", typeof(bool)), ("COLUMN_DEFAULT", typeof(string)),
        ("COLUMN_FLAGS", typeof(long)), ("IS_NULLABLE", typeof(bool)), ("DATA_TYPE", typeof(string)), ("TYPE_GUID", typeof(Guid)),
        ("CHARACTER_MAXIMUM_LENGTH", typeof(int)), ("CHARACTER_OCTET_LENGTH", typeof(int)), ("NUMERIC_PRECISION", typeof(int)),
        ("NUMERIC_SCALE", typeof(int)), ("DATETIME_PRECISION", typeof(long)), ("CHARACTER_SET_CATALOG", typeof(string)),
        ("CHARACTER_SET_SCHEMA", typeof(string)), ("CHARACTER_SET_NAME", typeof(string)), ("COLLATION_CATALOG", typeof(string)),
        ("COLLATION_SCHEMA", typeof(string)), ("COLLATION_NAME", typeof(string)), ("DOMAIN_CATALOG", typeof(string)),
        ("DOMAIN_NAME", typeof(string)), ("DESCRIPTION", typeof(string)), ("PRIMARY_KEY", typeof(bool)), ("EDM_TYPE", typeof(string)),
        ("AUTOINCREMENT", typeof(bool)), ("UNIQUE", typeof(bool)), ("GENERATED", typeof(bool)),
    ];

    /// <summary>Fills in what is known; the rest stays NULL.</summary>
    internal void Describe(DataRow row)
    {
        row["COLUMN_NAME"] = Name;
        row["ORDINAL_POSITION"] = Ordinal;
        row["COLUMN_HASDEFAULT"] = Default is not DBNull;
        row["COLUMN_DEFAULT"] = Default;
        row["IS_NULLABLE"] = !IsNotNull;
        row["DATA_TYPE"] = Type.Name;
        row["CHARACTER_MAXIMUM_LENGTH"] = (object?)Type.Length ?? DBNull.Value;
        row["NUMERIC_PRECISION"] = (object?)Type.Precision ?? DBNull.Value;
        row["NUMERIC_SCALE"] = (object?)Type.Scale ?? DBNull.Value;
        row["PRIMARY_KEY"] = IsKey;
        row["EDM_TYPE"] = Type.EdmType;
        row["UNIQUE"] = IsUnique;
        row["GENERATED"] = IsGenerated;
    }
}
