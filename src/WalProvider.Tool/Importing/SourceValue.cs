namespace WalProvider.Tool;

/// <summary>One value of a file.</summary>
/// <param name="Kind">What it could be.</param>
/// <param name="Text">How it is spelled; empty for what is missing.</param>
internal readonly record struct SourceValue(ValueKind Kind, string Text)
{
    public static readonly SourceValue Missing = new(ValueKind.Missing, "");
}
