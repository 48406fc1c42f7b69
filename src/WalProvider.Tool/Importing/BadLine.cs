namespace WalProvider.Tool;

/// <summary>A record that cannot be imported.</summary>
/// <param name="Line">The line on which it begins, from 1.</param>
/// <param name="Reason">What is wrong with it.</param>
internal sealed record BadLine(long Line, string Reason);
