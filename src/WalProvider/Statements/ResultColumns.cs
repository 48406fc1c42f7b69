using System.Diagnostics.CodeAnalysis;
using SQLitePCL;

namespace WalProvider;

/// <summary>The columns of one open result: names, declared types, and the types of the values seen so far.</summary>
internal sealed class ResultColumns(CompiledStatement statement)
{
    private readonly string[] _names = statement.ColumnNames();
    private int[]? _seenTypes;

    /// <summary>The statement whose result it is.</summary>
    internal CompiledStatement Statement => statement;

    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    internal string GetName(int ordinal)
        => (uint)ordinal < (uint)_names.Length
            ? _names[ordinal]
            : throw new ArgumentOutOfRangeException(nameof(ordinal), ordinal, message: null);

    /// <inheritdoc cref="ColumnNames.Find"/>
    internal int GetOrdinal(string name) => ColumnNames.Find(_names, name);

    /// <summary>The declared type without its length; of an expression the storage class of its value.</summary>
    internal string GetDataTypeName(int ordinal)
    {
        var declared = raw.sqlite3_column_decltype(statement.Handle, ordinal).utf8_to_string();
        if (declared is null)
        {
            return ColumnTypes.Name(TypeOf(ordinal));
        }

        var bracket = declared.IndexOf('(', StringComparison.Ordinal);
        return bracket < 0 ? declared : declared[..bracket];
    }

    /// <summary>The CLR type of the value; of NULL the last seen, or that of the declared type.</summary>
    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties)]
    internal Type GetFieldType(int ordinal)
    {
        var type = TypeOf(ordinal);
        if (type != raw.SQLITE_NULL)
        {
            (_seenTypes ??= new int[_names.Length])[ordinal] = type;
            return ColumnTypes.Clr(type);
        }

        var seen = _seenTypes?[ordinal] ?? 0;
        return ColumnTypes.Clr(seen != 0 ? seen : ColumnTypes.Affinity(GetDataTypeName(ordinal)));
    }

    // NB: there may be no row yet, and the engine answers NULL for a column that is not there.
    private int TypeOf(int ordinal)
    {
        var type = EngineExports.ColumnType(statement.Handle, ordinal);
        return type != raw.SQLITE_NULL || (uint)ordinal < (uint)EngineExports.ColumnCount(statement.Handle)
            ? type
            : throw new ArgumentOutOfRangeException(nameof(ordinal), ordinal, message: null);
    }
}
