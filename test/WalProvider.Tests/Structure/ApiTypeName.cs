using System.Reflection;

namespace WalProvider.Tests.Structure;

/// <summary>The names of types as C# writes them, with the question marks of nullable references.</summary>
internal static class ApiTypeName
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(char)] = "char",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    public static string Of(Type type) => Of(type, null);

    /// <summary>The name where the type is used; <paramref name="nullability"/> is of that use, or null for none.</summary>
    public static string Of(Type type, NullabilityInfo? nullability)
    {
        if (type.IsByRef)
            return Of(type.GetElementType()!, nullability);
        if (type.IsPointer)
            return Of(type.GetElementType()!) + "*";
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Of(value, null) + "?";
        var mark = !type.IsValueType && IsNullable(nullability) ? "?" : "";
        if (type.IsArray)
            return $"{Of(type.GetElementType()!, nullability?.ElementType)}[{new string(',', type.GetArrayRank() - 1)}]{mark}";
        return Keywords.GetValueOrDefault(type, "") is { Length: > 0 } keyword ? keyword + mark : Full(type, nullability) + mark;
    }

    private static bool IsNullable(NullabilityInfo? nullability) =>
        nullability is { ReadState: NullabilityState.Nullable } or { WriteState: NullabilityState.Nullable };

    private static string Full(Type type, NullabilityInfo? nullability)
    {
        if (type.IsGenericParameter)
            return type.Name;
        var arguments = type.GetGenericArguments();
        // A nested type repeats the arguments of the outer one; only what it adds is its own.
        var inherited = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        var own = arguments.Select((argument, index) => Of(argument, nullability?.GenericTypeArguments.ElementAtOrDefault(index))).Skip(inherited).ToArray();
        var prefix = type.DeclaringType is { } outer ? Full(outer, null) : type.Namespace;
        return $"{prefix}.{type.Name.Split('`')[0]}{(own.Length > 0 ? $"<{string.Join(", ", own)}>" : "")}";
    }
}
