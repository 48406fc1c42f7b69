using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace WalProvider.Ecosystem.Tests;

/// <summary>A provider to run a library on: the wrapped one, as the measure of what the library does, and ours in its ways.</summary>
public sealed record Provider(string Name, DbProviderFactory Factory, string Keywords)
{
    public static IEnumerable<Provider> All { get; } =
    [
        new("wrapped", SqliteFactory.Instance, "Foreign Keys=True;Pooling=False"),
        .. Ours,
    ];

    public static IEnumerable<Provider> Ours =>
    [
        new("ours", WalDbProviderFactory.Instance, ""),
        new("ours, batching", WalDbProviderFactory.Instance, "Write Batch Size=3"),
        new("ours, uncached", WalDbProviderFactory.Instance, "Statement Cache Size=0"),
    ];

    public bool IsOurs => Factory is WalDbProviderFactory;

    public string ConnectionString(string path) => $"Data Source={path};{Keywords}";

    public DbConnection Create(string path)
    {
        var connection = Factory.CreateConnection()!;
        connection.ConnectionString = ConnectionString(path);
        return connection;
    }

    public override string ToString() => Name;
}
