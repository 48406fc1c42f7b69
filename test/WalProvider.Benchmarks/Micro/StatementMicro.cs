using BenchmarkDotNet.Attributes;
using Microsoft.Data.Sqlite;

namespace WalProvider.Benchmarks;

[MemoryDiagnoser]
public class StatementMicro
{
    private readonly SqliteParameterCollection _parameters = new SqliteCommand().Parameters;
    private WalDbConnection _connection = null!;
    private CompiledText _text = null!;
    private CompiledStatement _statement = null!;

    [GlobalSetup]
    public void Open()
    {
        _connection = Databases.OpenOurs(":memory:");
        Items.InsertFresh(_connection, null, 1);
        Items.ReadFresh(_connection, 1);
        _parameters.AddWithValue("@id", 1L);
        _parameters.AddWithValue("@name", Items.NameOf(1));
        _parameters.AddWithValue("@price", Items.PriceOf(1));
        _parameters.AddWithValue("@note", Items.NoteOf(1));
        _text = _connection.Session.Texts.Lease(Items.InsertSql);
        _statement = Statement(_connection.Session, _text);
    }

    [GlobalCleanup]
    public void Close()
    {
        _connection.Session.Texts.Return(_text);
        _connection.Dispose();
    }

    [Benchmark(Description = "compiled statement leased and returned")]
    public bool LeaseAndReturn()
    {
        var texts = _connection.Session.Texts;
        var text = texts.Lease(Items.ByKeySql);
        texts.Return(text);
        return text.IsCached;
    }

    [Benchmark(Description = "four parameters bound")]
    public void Bind()
    {
        StreamValues? streams = null;
        ParameterBinder.Bind(_statement, _parameters, ref streams);
    }

    // Compiled already, so that there is nothing to watch.
    private static CompiledStatement Statement(WalSession session, CompiledText text)
    {
        _ = text.Get(session.Engine.Db, null!, 0, out var statement);
        return statement!;
    }
}
