using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>The SqliteType that a caller chose for a parameter, where it makes a difference.</summary>
internal static class ParameterType
{
    // Whether this version of the wrapped provider can infer a type for DateOnly and TimeOnly; 6.0.7 throws.
    private static readonly bool InfersDateOnly = CanInferDateOnly();

    /// <summary>
    /// Whether the parameter has the type <paramref name="type"/>, for a value whose inferred type is another one.
    /// </summary>
    internal static bool Is(SqliteParameter parameter, SqliteType type) => parameter.SqliteType == type;

    /// <summary>The same for a DateOnly or TimeOnly value, for which 6.0.7 infers nothing.</summary>
    internal static bool IsReal(SqliteParameter parameter)
    {
        if (InfersDateOnly)
        {
            return parameter.SqliteType == SqliteType.Real;
        }

        // NB: the getter gives a chosen type, and throws where none was chosen: there is no other way to ask.
        try
        {
            return parameter.SqliteType == SqliteType.Real;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool CanInferDateOnly()
    {
        try
        {
            return new SqliteParameter("$", DateOnly.MinValue).SqliteType == SqliteType.Text;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
