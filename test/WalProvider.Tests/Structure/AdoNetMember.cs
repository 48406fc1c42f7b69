using System.Reflection;

namespace WalProvider.Tests.Structure;

/// <summary>A virtual method that a subclass of an ADO.NET type may override; an accessor goes by its property's name.</summary>
internal sealed record AdoNetMember(MethodInfo Method)
{
    private const BindingFlags AllInstance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    public Type Declaring => Method.DeclaringType!;

    public string Name => Method.IsSpecialName ? Method.Name[(Method.Name.IndexOf('_') + 1)..] : Method.Name;

    /// <summary>All that a sealed class below <paramref name="adoNetType"/> could override.</summary>
    public static IEnumerable<AdoNetMember> Of(Type adoNetType) =>
        adoNetType.GetMethods(AllInstance)
            .Where(method => method is { IsVirtual: true, IsFinal: false })
            .Select(method => new AdoNetMember(method));

    public bool IsOverriddenIn(Type type) =>
        type.GetMethods(AllInstance).Any(method =>
            method.DeclaringType!.Assembly == type.Assembly && method.GetBaseDefinition() == Method.GetBaseDefinition());

    public override string ToString() =>
        $"{Declaring.Name}.{Method.Name}({string.Join(", ", Method.GetParameters().Select(parameter => parameter.ParameterType.Name))})";
}
