using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using WalProvider.Tests;

namespace WalProvider.Conformance.Tests;

/// <summary>
/// One provider with a folder of its own, as a test's body sees it: what it does goes by the sync or the async methods,
/// and what that came to is kept as a trace.
/// </summary>
internal sealed partial class Side : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<IDisposable> _opened = [];
    private readonly List<string> _trace = [];
    private readonly string _keywords;
    private readonly bool _isAsync;

    private Side(DbProviderFactory factory, string keywords, bool isAsync)
    {
        Factory = factory;
        _keywords = keywords;
        _isAsync = isAsync;
    }

    public DbProviderFactory Factory { get; }

    public bool IsOurs => Factory is WalDbProviderFactory;

    /// <summary>Everything that was noted, without what the two providers must differ in: their names and their folders.</summary>
    public IReadOnlyList<string> Trace => _trace;

    public static Side Wrapped(bool isAsync) => new(SqliteFactory.Instance, "Pooling=False;Foreign Keys=True", isAsync);

    public static Side Ours(Variant variant, bool isAsync) => new(WalDbProviderFactory.Instance, variant.Keywords, isAsync);

    public string File(string name = "test.db") => _folder.File(name);

    public string ConnectionString(string more = "") => $"Data Source={File()};{_keywords};{more}";

    public DbConnection Create(string more = "") => CreateFor(ConnectionString(more));

    public DbConnection CreateFor(string? connectionString)
    {
        var connection = Keep(Factory.CreateConnection()!);
        connection.ConnectionString = connectionString;
        return connection;
    }

    public async Task<DbConnection> Open(string more = "")
    {
        var connection = Create(more);
        await Open(connection);
        return connection;
    }

    public Task Open(DbConnection connection) => Go(connection.Open, () => connection.OpenAsync());

    public Task Close(DbConnection connection) => Go(connection.Close, connection.CloseAsync);

    public Task Close(DbDataReader reader) => Go(reader.Close, reader.CloseAsync);

    public Task Dispose<T>(T thing)
        where T : IDisposable, IAsyncDisposable
        => Go(thing.Dispose, () => thing.DisposeAsync().AsTask());

    public DbCommand Command(DbConnection? connection, string? sql, params (string Name, object? Value)[] parameters)
    {
        var command = Keep(connection is null ? Factory.CreateCommand()! : connection.CreateCommand());
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    public Task<int> Execute(DbCommand command) => Go(command.ExecuteNonQuery, () => command.ExecuteNonQueryAsync());

    public Task<int> Execute(DbConnection connection, string sql) => Execute(Command(connection, sql));

    public Task<object?> Scalar(DbCommand command) => Go(command.ExecuteScalar, () => command.ExecuteScalarAsync());

    public Task<object?> Scalar(DbConnection connection, string sql) => Scalar(Command(connection, sql));

    public async Task<DbDataReader> Reader(DbCommand command, CommandBehavior behavior = CommandBehavior.Default)
        => Keep(await Go(() => command.ExecuteReader(behavior), () => command.ExecuteReaderAsync(behavior)));

    public Task<DbDataReader> Reader(DbConnection connection, string sql) => Reader(Command(connection, sql));

    public Task Prepare(DbCommand command) => Go(command.Prepare, () => command.PrepareAsync());

    public Task<bool> Read(DbDataReader reader) => Go(reader.Read, () => reader.ReadAsync());

    public Task<bool> NextResult(DbDataReader reader) => Go(reader.NextResult, () => reader.NextResultAsync());

    public async Task<DbTransaction> Begin(DbConnection connection, IsolationLevel level = IsolationLevel.Unspecified)
        => Keep(await Go(() => connection.BeginTransaction(level), () => connection.BeginTransactionAsync(level).AsTask()));

    public Task Commit(DbTransaction transaction) => Go(transaction.Commit, () => transaction.CommitAsync());

    public Task Rollback(DbTransaction transaction) => Go(transaction.Rollback, () => transaction.RollbackAsync());

    public Task Save(DbTransaction transaction, string name) => Go(() => transaction.Save(name), () => transaction.SaveAsync(name));

    public Task Rollback(DbTransaction transaction, string name)
        => Go(() => transaction.Rollback(name), () => transaction.RollbackAsync(name));

    public Task Release(DbTransaction transaction, string name)
        => Go(() => transaction.Release(name), () => transaction.ReleaseAsync(name));

    /// <summary>All rows of all results.</summary>
    public async Task<object?> Rows(DbCommand command)
    {
        var rows = new List<object>();
        await using var reader = await Reader(command);
        do
        {
            while (await Read(reader))
                rows.Add(Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue).ToArray());
        }
        while (await NextResult(reader));
        return rows;
    }

    public Task<object?> Rows(DbConnection connection, string sql) => Rows(Command(connection, sql));

    public void Note(object? value, [CallerArgumentExpression(nameof(value))] string? what = null) => Add(what, Outcome.Describe(value));

    public void Note(Func<object?> call, [CallerArgumentExpression(nameof(call))] string? what = null) => Add(what, Outcome.Of(call));

    public async Task Note<T>(Func<Task<T>> call, [CallerArgumentExpression(nameof(call))] string? what = null)
        => Add(what, await Outcome.Of(async () => (object?)await call()));

    public async Task Note(Func<Task> call, [CallerArgumentExpression(nameof(call))] string? what = null)
        => Add(what, await Outcome.Of(async () =>
        {
            await call();
            return "done";
        }));

    public void Dispose()
    {
        try
        {
            for (var i = _opened.Count - 1; i >= 0; i--)
                _opened[i].Dispose();
        }
        finally
        {
            // NB: only this test's pool: others run beside it.
            foreach (var connection in _opened.OfType<WalDbConnection>())
                WalDbConnection.ClearPool(connection);
            _folder.Dispose();
        }
    }

    private T Keep<T>(T thing)
        where T : IDisposable
    {
        _opened.Add(thing);
        return thing;
    }

    private void Add(string? what, string came)
        => _trace.Add($"{what} -> {Names().Replace(came, "").Replace(_folder.Path, "FOLDER", StringComparison.Ordinal)}");

    private Task Go(Action sync, Func<Task> async)
    {
        if (_isAsync)
            return async();
        sync();
        return Task.CompletedTask;
    }

    private Task<T> Go<T>(Func<T> sync, Func<Task<T>> async) => _isAsync ? async() : Task.FromResult(sync());

    [GeneratedRegex(@"Microsoft\.Data\.Sqlite\.Sqlite(?=[A-Z])|WalProvider\.WalDb(Provider)?(?=[A-Z])|WalProvider\.Source(?=Parameter)")]
    private static partial Regex Names();
}
