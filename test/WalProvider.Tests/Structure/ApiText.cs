using System.Reflection;
using System.Runtime.CompilerServices;

namespace WalProvider.Tests.Structure;

/// <summary>The public surface of an assembly as sorted lines that read like C#.</summary>
internal static class ApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(Assembly assembly) =>
        assembly.GetExportedTypes()
            .Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .SelectMany(Of);

    /// <summary>The line of the type, then its members, indented and sorted.</summary>
    public static IEnumerable<string> Of(Type type) => Members(type).Order(StringComparer.Ordinal).Prepend(Header(type));

    private static string Header(Type type)
    {
        var name = ApiTypeName.Of(type);
        if (typeof(Delegate).IsAssignableFrom(type))
            return "public delegate " + ApiSignature.Of(type.GetMethod("Invoke")!, name);
        if (type.IsEnum)
            return $"public enum {name} : {ApiTypeName.Of(type.GetEnumUnderlyingType())}";
        return $"public {Kind(type)} {name}{Bases(type)}{ApiSignature.Constraints(type.GetGenericArguments())}";
    }

    private static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsValueType: true } => (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "") + (type.IsByRefLike ? "ref struct" : "struct"),
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string Bases(Type type)
    {
        // What the base type or another interface brings along is theirs to list.
        var inherited = type.GetInterfaces().SelectMany(face => face.GetInterfaces()).Concat(type.BaseType?.GetInterfaces() ?? []).ToHashSet();
        IEnumerable<string> bases =
            type.GetInterfaces().Where(face => face.IsVisible && !inherited.Contains(face)).Select(ApiTypeName.Of).Order(StringComparer.Ordinal);
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
            bases = bases.Prepend(ApiTypeName.Of(parent));
        var text = string.Join(", ", bases);
        return text.Length == 0 ? "" : " : " + text;
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
            return [];
        if (type.IsEnum)
            return type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => $"    {field.Name} = {field.GetRawConstantValue()}");
        return type.GetMembers(Declared).Select(Line).Where(line => line.Length > 0).Select(line => "    " + line);
    }

    private static string Line(MemberInfo member) => member switch
    {
        ConstructorInfo constructor when IsReachable(constructor) => ApiSignature.Of(constructor),
        MethodInfo method when IsReachable(method) && (!method.IsSpecialName || IsOperator(method)) && !IsGenerated(method) => ApiSignature.Of(method),
        PropertyInfo property when property.GetAccessors(nonPublic: true).Any(IsReachable) => ApiSignature.Of(property),
        EventInfo raised when IsReachable(raised.AddMethod!) => ApiSignature.Of(raised),
        FieldInfo { IsPublic: true } or FieldInfo { IsFamily: true } => ApiSignature.Of((FieldInfo)member),
        _ => "",
    };

    /// <summary>Whether code outside the assembly can name the method: protected counts where one can derive.</summary>
    public static bool IsReachable(MethodBase method) =>
        method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !method.DeclaringType!.IsSealed);

    private static bool IsOperator(MethodInfo method) => method.Name.StartsWith("op_", StringComparison.Ordinal);

    // A record's <Clone>$; its other generated members are ordinary ones to a caller.
    private static bool IsGenerated(MethodInfo method) => method.Name.StartsWith('<');
}
