using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace WalProvider;

/// <summary>Looks through decorators (profilers, tracers) for the connection that they wrap.</summary>
internal static class WrappedBy
{
    private const int DeepestNesting = 8;

    private static readonly string[] PropertyNames = ["WrappedConnection", "InnerConnection", "UnderlyingConnection"];

    /// <summary>The connection of a type that this one is or wraps; null where there is none.</summary>
    internal static T? Find<T>(DbConnection connection)
        where T : DbConnection
    {
        DbConnection? current = connection;
        for (var depth = 0; current is not null && depth < DeepestNesting; depth++)
        {
            if (current is T found)
            {
                return found;
            }

            current = Inner(current);
        }

        return null;
    }

    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2075",
        Justification = "Where a decorator's property was trimmed away, the caller is told to pass the connection itself.")]
    private static DbConnection? Inner(DbConnection decorator)
    {
        foreach (var name in PropertyNames)
        {
            if (decorator.GetType().GetProperty(name, typeof(DbConnection)) is { CanRead: true } property)
            {
                return property.GetValue(decorator) as DbConnection;
            }
        }

        return null;
    }
}
