using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace WalProvider.Tests.Checkpoints;

/// <summary>A decorator as profilers make them, showing what it wraps.</summary>
internal sealed class DecoratedConnection(DbConnection wrapped) : DbConnection
{
    public DbConnection WrappedConnection => wrapped;

    [AllowNull]
    public override string ConnectionString
    {
        get => wrapped.ConnectionString;
        set => wrapped.ConnectionString = value;
    }

    public override string Database => wrapped.Database;

    public override string DataSource => wrapped.DataSource;

    public override string ServerVersion => wrapped.ServerVersion;

    public override ConnectionState State => wrapped.State;

    public override void ChangeDatabase(string databaseName) => wrapped.ChangeDatabase(databaseName);

    public override void Close() => wrapped.Close();

    public override void Open() => wrapped.Open();

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => wrapped.BeginTransaction(isolationLevel);

    protected override DbCommand CreateDbCommand() => wrapped.CreateCommand();
}
