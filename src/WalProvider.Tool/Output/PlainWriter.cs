using System.Text;

namespace WalProvider.Tool;

/// <summary>Writes text to a terminal or a file without what would steer the terminal.</summary>
internal sealed class PlainWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(PlainText.Clean(value));

    public override void Write(string? value) => inner.Write(value is null ? null : PlainText.Clean(value));

    public override void WriteLine(string? value) => inner.WriteLine(value is null ? null : PlainText.Clean(value));

    public override void Flush() => inner.Flush();
}
