namespace WalProvider.Benchmarks;

/// <summary>A row as Dapper maps it.</summary>
internal sealed record Item(long Id, string Name, double Price, string? Note);
