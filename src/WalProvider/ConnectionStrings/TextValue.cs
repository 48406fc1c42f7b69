using System.Globalization;

namespace WalProvider;

/// <summary>A keyword that takes any text but one with a NUL or one that ends in a line break.</summary>
/// <remarks>
/// NB: DbConnectionStringBuilder, which writes the text of a connection string, does not quote a value for a line break at
/// its end, and reading takes it away: another file would be opened than the one that was named.
/// </remarks>
internal sealed class TextValue(string range = "any text") : OptionValue
{
    public override string Range => range + ", with no NUL in it and no line break at its end";

    public override bool TryConvert(object value, out object? converted)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture);
        converted = text;
        return text is not [.., '\n'] && text?.Contains('\0') != true;
    }
}
