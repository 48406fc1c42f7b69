using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>Makes this provider's objects for code that knows only ADO.NET's base classes.</summary>
/// <example><code>DbProviderFactories.RegisterFactory("WalProvider", WalDbProviderFactory.Instance);</code></example>
public sealed class WalDbProviderFactory : DbProviderFactory
{
    /// <summary>The one instance; <see cref="DbProviderFactories"/> finds it by this name.</summary>
    public static readonly WalDbProviderFactory Instance = new();

    private WalDbProviderFactory()
    {
    }

    /// <summary>True.</summary>
    public override bool CanCreateBatch => true;

    /// <summary>True.</summary>
    public override bool CanCreateCommandBuilder => true;

    /// <summary>True.</summary>
    public override bool CanCreateDataAdapter => true;

    /// <summary>Creates a <see cref="WalDbConnection"/>.</summary>
    public override DbConnection CreateConnection() => new WalDbConnection();

    /// <summary>Creates a <see cref="WalDbCommand"/>.</summary>
    public override DbCommand CreateCommand() => new WalDbCommand();

    /// <summary>Creates a <see cref="SqliteParameter"/>.</summary>
    public override DbParameter CreateParameter() => new SourceParameter();

    /// <summary>Creates a <see cref="WalDbDataAdapter"/>.</summary>
    public override DbDataAdapter CreateDataAdapter() => new WalDbDataAdapter();

    /// <summary>Creates a <see cref="WalDbCommandBuilder"/>.</summary>
    public override DbCommandBuilder CreateCommandBuilder() => new WalDbCommandBuilder();

    /// <summary>Creates a <see cref="WalDbConnectionStringBuilder"/>.</summary>
    public override DbConnectionStringBuilder CreateConnectionStringBuilder() => new WalDbConnectionStringBuilder();

    /// <summary>Creates a <see cref="WalDbDataSource"/>.</summary>
    /// <param name="connectionString">The connection string of its connections.</param>
    /// <exception cref="ArgumentException">A keyword is unknown, or a value is not allowed.</exception>
    public override DbDataSource CreateDataSource(string connectionString) => new WalDbDataSourceBuilder(connectionString).Build();

    /// <summary>Creates a <see cref="WalDbBatch"/>.</summary>
    public override DbBatch CreateBatch() => new WalDbBatch();

    /// <summary>Creates a <see cref="WalDbBatchCommand"/>.</summary>
    public override DbBatchCommand CreateBatchCommand() => new WalDbBatchCommand();
}
