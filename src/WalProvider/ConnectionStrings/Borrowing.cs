namespace WalProvider;

/// <summary>What a borrowed keyword with its value says in our own words.</summary>
/// <param name="Target">The keyword that it sets; null where it changes nothing.</param>
/// <param name="Value">The value that it sets.</param>
/// <param name="YieldsToTarget">Whether a target that is set already stays as it is.</param>
internal readonly record struct Borrowing(WalOption? Target, object? Value, bool YieldsToTarget = false)
{
    /// <summary>The keyword is accepted and changes nothing.</summary>
    public static Borrowing Nothing => default;
}
