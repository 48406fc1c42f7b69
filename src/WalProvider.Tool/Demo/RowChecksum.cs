using System.Globalization;

namespace WalProvider.Tool;

/// <summary>
/// A checksum of values in their order, in the manner of FNV-1a with a step a character or number. It tells whether two
/// readers saw the same rows; it is no defence against forgery.
/// </summary>
internal sealed class RowChecksum
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    // Tags keep 1, 1.0, "1" and NULL apart.
    private const ulong NullTag = 1;
    private const ulong IntegerTag = 2;
    private const ulong RealTag = 3;
    private const ulong TextTag = 4;

    private ulong _sum = Offset;

    public void Add(object? value)
    {
        switch (value)
        {
            case null or DBNull:
                Step(NullTag);
                break;
            case long integer:
                Add(integer);
                break;
            case double real:
                Add(real);
                break;
            default:
                Add((string)value);
                break;
        }
    }

    public void Add(long value)
    {
        Step(IntegerTag);
        Step((ulong)value);
    }

    public void Add(double? value)
    {
        Step(value is null ? NullTag : RealTag);
        if (value is { } real)
            Step((ulong)BitConverter.DoubleToInt64Bits(real));
    }

    public void Add(string? value)
    {
        Step(value is null ? NullTag : TextTag);
        foreach (var character in value ?? "")
            Step(character);
    }

    public override string ToString() => _sum.ToString("x16", CultureInfo.InvariantCulture);

    private void Step(ulong value)
    {
        // Multiplying moves nothing downwards, so the high half of a number would never reach the low bits.
        _sum = (_sum ^ value) * Prime;
        _sum ^= _sum >> 32;
    }
}
