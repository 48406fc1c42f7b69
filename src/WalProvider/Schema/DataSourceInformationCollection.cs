using System.Data;
using System.Data.Common;
using SQLitePCL;

namespace WalProvider;

/// <summary>How the engine's SQL is written: one row. DbCommandBuilder asks it for the form of parameters.</summary>
internal sealed class DataSourceInformationCollection() : SchemaCollection(
    DbMetaDataCollectionNames.DataSourceInformation,
    0,
    [
        (DbMetaDataColumnNames.CompositeIdentifierSeparatorPattern, typeof(string)),
        (DbMetaDataColumnNames.DataSourceProductName, typeof(string)),
        (DbMetaDataColumnNames.DataSourceProductVersion, typeof(string)),
        (DbMetaDataColumnNames.DataSourceProductVersionNormalized, typeof(string)),
        (DbMetaDataColumnNames.GroupByBehavior, typeof(GroupByBehavior)),
        (DbMetaDataColumnNames.IdentifierPattern, typeof(string)),
        (DbMetaDataColumnNames.IdentifierCase, typeof(IdentifierCase)),
        (DbMetaDataColumnNames.OrderByColumnsInSelect, typeof(bool)),
        (DbMetaDataColumnNames.ParameterMarkerFormat, typeof(string)),
        (DbMetaDataColumnNames.ParameterMarkerPattern, typeof(string)),
        (DbMetaDataColumnNames.ParameterNameMaxLength, typeof(int)),
        (DbMetaDataColumnNames.ParameterNamePattern, typeof(string)),
        (DbMetaDataColumnNames.QuotedIdentifierPattern, typeof(string)),
        (DbMetaDataColumnNames.QuotedIdentifierCase, typeof(IdentifierCase)),
        (DbMetaDataColumnNames.StatementSeparatorPattern, typeof(string)),
        (DbMetaDataColumnNames.StringLiteralPattern, typeof(string)),
        (DbMetaDataColumnNames.SupportedJoinOperators, typeof(SupportedJoinOperators)),
    ],
    [])
{
    // NB: a format for the whole parameter name, its prefix included, as the command builder writes it.
    private const string MarkerFormat = "{0}";

    /// <inheritdoc/>
    internal override bool IsConstant => true;

    /// <inheritdoc/>
    protected override ValueTask Fill(SchemaSource source, SchemaFilter filter, DataTable table)
    {
        var version = raw.sqlite3_libversion().utf8_to_string();
        var number = raw.sqlite3_libversion_number();
        table.Rows.Add(
            @"\.",
            "SQLite",
            version,
            $"{number / 1_000_000:00}.{number / 1000 % 1000:000}.{number % 1000:000}",
            GroupByBehavior.Unrelated,
            @"^[\p{L}_][\p{L}\p{Nd}_$]*$|^""([^""]|"""")+""$|^\[[^\]]+\]$|^`([^`]|``)+`$",
            IdentifierCase.Insensitive,
            false,
            MarkerFormat,
            @"[@:$][\p{L}_][\p{L}\p{Nd}_$]*|\?[0-9]*",
            255,
            @"^[\p{L}_][\p{L}\p{Nd}_$]*$",
            "\"(([^\"]|\"\")*)\"",
            IdentifierCase.Insensitive,
            ";",
            "'(([^']|'')*)'",
            Joins());
        return default;
    }

    // RIGHT and FULL came with 3.39.
    private static SupportedJoinOperators Joins()
    {
        var all = SupportedJoinOperators.Inner | SupportedJoinOperators.LeftOuter;
        return raw.sqlite3_libversion_number() < 3_039_000
            ? all
            : all | SupportedJoinOperators.RightOuter | SupportedJoinOperators.FullOuter;
    }
}
