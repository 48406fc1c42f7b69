using System.Data;
using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>
/// A parameter that keeps <see cref="SourceVersion"/>, which the wrapped provider's forgets: a data adapter takes the value
/// of a row's original or current version by it.
/// </summary>
internal sealed class SourceParameter : SqliteParameter
{
    /// <summary>Creates one without name or value.</summary>
    internal SourceParameter()
    {
    }

    /// <summary>Creates one with a value.</summary>
    internal SourceParameter(string? name, object? value)
        : base(name, value)
    {
    }

    /// <summary>Creates one with a type.</summary>
    internal SourceParameter(string? name, SqliteType type)
        : base(name, type)
    {
    }

    /// <inheritdoc/>
    public override DataRowVersion SourceVersion { get; set; } = DataRowVersion.Current;
}
