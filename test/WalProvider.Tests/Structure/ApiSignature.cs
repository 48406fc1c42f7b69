using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace WalProvider.Tests.Structure;

/// <summary>One member as C# declares it, without its body.</summary>
internal static class ApiSignature
{
    private static readonly NullabilityInfoContext Nullability = new();

    public static string Of(ConstructorInfo constructor) =>
        $"{Access(constructor)}{constructor.DeclaringType!.Name.Split('`')[0]}({Parameters(constructor.GetParameters())})";

    public static string Of(MethodInfo method) => Access(method) + Modifiers(method) + Of(method, method.Name);

    /// <summary>Return type, the given name, generic and ordinary parameters and constraints.</summary>
    public static string Of(MethodInfo method, string name)
    {
        var generic = method.GetGenericArguments();
        var parameters = (method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "") + Parameters(method.GetParameters());
        return $"{Use(method.ReturnParameter)} {name}{(generic.Length > 0 ? $"<{string.Join(", ", generic.Select(type => type.Name))}>" : "")}"
            + $"({parameters}){Constraints(generic)}";
    }

    public static string Of(PropertyInfo property)
    {
        var accessors = property.GetAccessors(nonPublic: true).Where(ApiText.IsReachable).ToArray();
        var widest = accessors.FirstOrDefault(accessor => accessor.IsPublic) ?? accessors[0];
        var name = property.GetIndexParameters() is { Length: > 0 } index ? $"this[{Parameters(index)}]" : property.Name;
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var body = accessors.OrderBy(accessor => accessor != property.GetMethod)
            .Select(accessor => (accessor.IsPublic == widest.IsPublic ? "" : Access(accessor)) + AccessorName(accessor, property) + "; ");
        return $"{Access(widest)}{Modifiers(widest)}{required}{TypeOf(property)} {name} {{ {string.Concat(body)}}}";
    }

    public static string Of(EventInfo raised)
    {
        var nullability = Locked(() => Nullability.Create(raised));
        return $"{Access(raised.AddMethod!)}{Modifiers(raised.AddMethod!)}event {ApiTypeName.Of(raised.EventHandlerType!, nullability)} {raised.Name}";
    }

    public static string Of(FieldInfo field)
    {
        var modifiers = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        var type = ApiTypeName.Of(field.FieldType, Locked(() => Nullability.Create(field)));
        return $"{(field.IsPublic ? "public" : "protected")} {modifiers}{type} {field.Name}{(field.IsLiteral ? " = " + Literal(field.GetRawConstantValue(), field.FieldType) : "")}";
    }

    public static string Constraints(IEnumerable<Type> generic) =>
        string.Concat(generic.Select(type => (type, list: string.Join(", ", ConstraintsOf(type))))
            .Where(found => found.list.Length > 0)
            .Select(found => $" where {found.type.Name} : {found.list}"));

    private static IEnumerable<string> ConstraintsOf(Type type)
    {
        var attributes = type.GenericParameterAttributes;
        var isStruct = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            yield return "class";
        if (isStruct)
            yield return "struct";
        foreach (var constraint in type.GetGenericParameterConstraints().Where(constraint => constraint != typeof(ValueType)))
            yield return ApiTypeName.Of(constraint);
        if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isStruct)
            yield return "new()";
    }

    private static string Access(MethodBase method) =>
        method.DeclaringType!.IsInterface ? "" : method.IsPublic ? "public " : "protected ";

    private static string Modifiers(MethodInfo method)
    {
        if (method.IsStatic)
            return "static ";
        if (method.DeclaringType!.IsInterface || !method.IsVirtual)
            return "";
        var isOverride = method.GetBaseDefinition().DeclaringType != method.DeclaringType;
        if (method.IsAbstract)
            return isOverride ? "abstract override " : "abstract ";
        // In a sealed class every override is final in effect, and one that implements an interface is in IL.
        return isOverride ? (method.IsFinal ? "sealed override " : "override ") : method.IsFinal ? "" : "virtual ";
    }

    private static string AccessorName(MethodInfo accessor, PropertyInfo property)
    {
        if (accessor == property.GetMethod)
            return "get";
        return accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init" : "set";
    }

    private static string TypeOf(PropertyInfo property) => ApiTypeName.Of(property.PropertyType, Locked(() => Nullability.Create(property)));

    private static string Use(ParameterInfo parameter) =>
        (parameter is { Position: -1, ParameterType.IsByRef: true } ? "ref " : "")
        + ApiTypeName.Of(parameter.ParameterType, Locked(() => Nullability.Create(parameter)));

    private static string Parameters(IEnumerable<ParameterInfo> parameters) =>
        string.Join(", ", parameters.Select(parameter => $"{Passing(parameter)}{Use(parameter)} {parameter.Name}{Default(parameter)}"));

    private static string Passing(ParameterInfo parameter) => parameter switch
    {
        { IsOut: true } => "out ",
        { IsIn: true } => "in ",
        { ParameterType.IsByRef: true } => "ref ",
        _ when parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) => "params ",
        _ => "",
    };

    private static string Default(ParameterInfo parameter) =>
        parameter.HasDefaultValue ? " = " + Literal(parameter.RawDefaultValue, parameter.ParameterType) : "";

    private static string Literal(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"",
        char letter => $"'{letter}'",
        bool truth => truth ? "true" : "false",
        _ when (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } named => $"{ApiTypeName.Of(named)}.{Enum.ToObject(named, value)}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    // NB: The context caches and is not made for several threads; tests run in parallel.
    private static NullabilityInfo Locked(Func<NullabilityInfo> create)
    {
        lock (Nullability)
            return create();
    }
}
