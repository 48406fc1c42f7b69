using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>
/// The wrapped provider's collection of parameters, whose constructor is for those who derive from it. Parameters that are
/// made here keep their SourceVersion.
/// </summary>
internal sealed class CommandParameters : SqliteParameterCollection
{
    /// <inheritdoc/>
    public override SqliteParameter Add(string? parameterName, SqliteType type)
        => Add(new SourceParameter(parameterName, type));

    /// <inheritdoc/>
    public override SqliteParameter Add(string? parameterName, SqliteType type, int size)
        => Add(new SourceParameter(parameterName, type) { Size = size });

    /// <inheritdoc/>
    public override SqliteParameter Add(string? parameterName, SqliteType type, int size, string? sourceColumn)
        => Add(new SourceParameter(parameterName, type) { Size = size, SourceColumn = sourceColumn });

    /// <inheritdoc/>
    public override SqliteParameter AddWithValue(string? parameterName, object? value)
        => Add(new SourceParameter(parameterName, value));
}
