namespace WalProvider;

/// <summary>One pragma to set.</summary>
/// <param name="Name">SQLite's name for it.</param>
/// <param name="Value">A literal as SQL writes it: a number, a word, or a text in single quotes.</param>
internal readonly record struct Pragma(string Name, string Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}={Value}";
}
