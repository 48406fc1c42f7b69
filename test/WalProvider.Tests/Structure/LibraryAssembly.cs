using System.Reflection;

namespace WalProvider.Tests.Structure;

/// <summary>The assembly under test, by name: these tests hold before it has its first type.</summary>
internal static class LibraryAssembly
{
    public static Assembly Assembly { get; } = Assembly.Load("WalProvider");

    /// <summary>The library's subclass of an ADO.NET type, or null while there is none.</summary>
    public static Type? SubclassOf(Type adoNetType) =>
        Assembly.GetTypes().SingleOrDefault(type => type is { IsSealed: true, DeclaringType: null } && type.BaseType == adoNetType);
}
