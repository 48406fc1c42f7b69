using System.Globalization;
using System.Numerics;

namespace WalProvider;

/// <summary>A keyword that takes a whole number.</summary>
/// <param name="min">The smallest allowed value.</param>
/// <param name="max">The largest allowed value.</param>
/// <param name="isPowerOfTwo">Whether only powers of two are allowed.</param>
internal sealed class NumberValue<T>(T min, T max, bool isPowerOfTwo = false) : OptionValue
    where T : struct, IBinaryInteger<T>
{
    public override string Range => (isPowerOfTwo ? "a power of two from " : "a whole number from ")
        + min.ToString(null, CultureInfo.InvariantCulture) + " to " + max.ToString(null, CultureInfo.InvariantCulture);

    public override bool TryConvert(object value, out object? converted)
    {
        converted = null;
        if (!TryRead(value, out var number) || number < long.CreateChecked(min) || number > long.CreateChecked(max)
            || (isPowerOfTwo && !long.IsPow2(number)))
            return false;
        converted = T.CreateChecked(number);
        return true;
    }

    private static bool TryRead(object value, out long number)
    {
        if (value is string text)
            return long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out number);
        var isInteger = TryGetInteger(value, out var integer);
        number = integer.GetValueOrDefault();
        return isInteger;
    }
}
