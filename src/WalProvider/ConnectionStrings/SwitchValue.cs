namespace WalProvider;

/// <summary>A keyword that is on or off. It reads every spelling that SQLite's own pragmas read.</summary>
internal sealed class SwitchValue : OptionValue
{
    public override string Range => "True or False (also On, Off, Yes, No, 1, 0)";

    public override bool TryConvert(object value, out object? converted)
    {
        bool? isOn = value switch
        {
            bool b => b,
            string text => Read(text.Trim()),
            _ => TryGetInteger(value, out var number) ? number != 0 : null,
        };
        converted = isOn;
        return isOn is not null || value is string { Length: 0 };
    }

    private static bool? Read(string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "ON" or "YES" or "Y" or "1" => true,
        "FALSE" or "OFF" or "NO" or "N" or "0" => false,
        _ => null,
    };
}
