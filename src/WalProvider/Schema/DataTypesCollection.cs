using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>
/// The types that columns are declared with: SQLite's own, each the best match of its CLR type, and those of other systems
/// that it takes for one of its own.
/// </summary>
internal sealed class DataTypesCollection() : SchemaCollection(
    DbMetaDataCollectionNames.DataTypes,
    0,
    [
        (DbMetaDataColumnNames.TypeName, typeof(string)), (DbMetaDataColumnNames.ProviderDbType, typeof(int)),
        (DbMetaDataColumnNames.ColumnSize, typeof(long)), (DbMetaDataColumnNames.CreateFormat, typeof(string)),
        (DbMetaDataColumnNames.CreateParameters, typeof(string)), (DbMetaDataColumnNames.DataType, typeof(string)),
        (DbMetaDataColumnNames.IsAutoIncrementable, typeof(bool)), (DbMetaDataColumnNames.IsBestMatch, typeof(bool)),
        (DbMetaDataColumnNames.IsCaseSensitive, typeof(bool)), (DbMetaDataColumnNames.IsFixedLength, typeof(bool)),
        (DbMetaDataColumnNames.IsFixedPrecisionScale, typeof(bool)), (DbMetaDataColumnNames.IsLong, typeof(bool)),
        (DbMetaDataColumnNames.IsNullable, typeof(bool)), (DbMetaDataColumnNames.IsSearchable, typeof(bool)),
        (DbMetaDataColumnNames.IsSearchableWithLike, typeof(bool)), (DbMetaDataColumnNames.IsLiteralSupported, typeof(bool)),
        (DbMetaDataColumnNames.LiteralPrefix, typeof(string)), (DbMetaDataColumnNames.LiteralSuffix, typeof(string)),
        (DbMetaDataColumnNames.IsUnsigned, typeof(bool)), (DbMetaDataColumnNames.MaximumScale, typeof(short)),
        (DbMetaDataColumnNames.MinimumScale, typeof(short)), (DbMetaDataColumnNames.IsConcurrencyType, typeof(bool)),
    ],
    [])
{
    private static readonly string[] Names =
    [
        "INTEGER", "REAL", "TEXT", "BLOB", "NUMERIC", "BOOLEAN", "DATETIME", "GUID", "INT", "BIGINT", "SMALLINT", "TINYINT", "DOUBLE",
        "FLOAT", "CHAR", "VARCHAR", "NVARCHAR", "CLOB", "DECIMAL", "MONEY", "BIT", "DATE", "TIMESTAMP", "UNIQUEIDENTIFIER",
    ];

    /// <inheritdoc/>
    internal override bool IsConstant => true;

    /// <inheritdoc/>
    protected override ValueTask Fill(SchemaSource source, SchemaFilter filter, DataTable table)
    {
        var matched = new HashSet<Type>();
        foreach (var name in Names)
        {
            var affinity = ColumnTypes.Affinity(name);
            var type = ExactValue.TypeFor(name) ?? ColumnTypes.Clr(affinity);
            Add(table, name, type, ProviderType(type), isBest: matched.Add(type));
        }

        return default;
    }

    private static SqliteType ProviderType(Type type)
        => type == typeof(long) || type == typeof(bool) ? SqliteType.Integer
            : type == typeof(double) ? SqliteType.Real
            : type == typeof(byte[]) ? SqliteType.Blob
            : SqliteType.Text;

    private static void Add(DataTable table, string name, Type type, SqliteType providerType, bool isBest)
    {
        var isText = providerType == SqliteType.Text && type != typeof(decimal);
        var isBlob = providerType == SqliteType.Blob;
        var row = table.NewRow();
        row[DbMetaDataColumnNames.TypeName] = row[DbMetaDataColumnNames.CreateFormat] = name;
        row[DbMetaDataColumnNames.ProviderDbType] = (int)providerType;
        row[DbMetaDataColumnNames.DataType] = type.FullName;
        row[DbMetaDataColumnNames.IsAutoIncrementable] = name == "INTEGER";
        row[DbMetaDataColumnNames.IsBestMatch] = isBest;
        row[DbMetaDataColumnNames.IsCaseSensitive] = isText;
        row[DbMetaDataColumnNames.IsFixedLength] = row[DbMetaDataColumnNames.IsFixedPrecisionScale] = false;
        row[DbMetaDataColumnNames.IsLong] = isBlob;
        row[DbMetaDataColumnNames.IsNullable] = row[DbMetaDataColumnNames.IsSearchable] = true;
        row[DbMetaDataColumnNames.IsSearchableWithLike] = isText;
        row[DbMetaDataColumnNames.IsLiteralSupported] = true;
        row[DbMetaDataColumnNames.LiteralPrefix] = isText ? "'" : isBlob ? "X'" : "";
        row[DbMetaDataColumnNames.LiteralSuffix] = isText || isBlob ? "'" : "";
        row[DbMetaDataColumnNames.IsUnsigned] = row[DbMetaDataColumnNames.IsConcurrencyType] = false;
        table.Rows.Add(row);
    }
}
