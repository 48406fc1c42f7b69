using System.Globalization;

namespace WalProvider;

/// <summary>A keyword that takes any text.</summary>
internal sealed class TextValue(string range = "any text") : OptionValue
{
    public override string Range => range;

    public override bool TryConvert(object value, out object? converted)
    {
        converted = Convert.ToString(value, CultureInfo.InvariantCulture);
        return true;
    }
}
