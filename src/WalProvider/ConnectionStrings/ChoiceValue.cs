namespace WalProvider;

/// <summary>A keyword that takes one member of an enum, by name or by number.</summary>
internal sealed class ChoiceValue<TEnum> : OptionValue
    where TEnum : struct, Enum
{
    public override string Range => "one of " + string.Join(", ", Enum.GetNames<TEnum>());

    public override bool TryConvert(object value, out object? converted)
    {
        converted = null;
        if (!TryRead(value, out var choice) || !Enum.IsDefined(choice))
            return false;
        converted = choice;
        return true;
    }

    private static bool TryRead(object value, out TEnum choice)
    {
        choice = default;
        switch (value)
        {
            case TEnum member:
                choice = member;
                return true;
            case string text:
                return Enum.TryParse(text, ignoreCase: true, out choice);
            default:
                if (!TryGetInteger(value, out var number) || number is < int.MinValue or > int.MaxValue)
                    return false;
                choice = (TEnum)Enum.ToObject(typeof(TEnum), number.Value);
                return true;
        }
    }
}
