namespace WalProvider;

/// <summary>One pragma of a session: what was asked for, and what the engine answered when it was read back.</summary>
/// <param name="Name">SQLite's name for it.</param>
/// <param name="Requested">The value that was asked for.</param>
/// <param name="Actual">
/// The value in effect, in the words of <paramref name="Requested"/> where they mean the same. Null where the engine
/// gives no answer.
/// </param>
/// <param name="IsInEffect">
/// False where the engine kept another value. True with an <paramref name="Actual"/> of null is a pragma that cannot be read.
/// </param>
/// <seealso href="https://www.sqlite.org/pragma.html"/>
public sealed record EffectivePragma(string Name, string Requested, string? Actual, bool IsInEffect)
{
    /// <summary>The pragma as text, for logs: <c>synchronous=NORMAL</c>, or <c>journal_mode=DELETE (asked for WAL)</c>.</summary>
    public override string ToString() =>
        IsInEffect ? $"{Name}={Actual ?? Requested}" : $"{Name}={Actual ?? "unknown"} (asked for {Requested})";
}
