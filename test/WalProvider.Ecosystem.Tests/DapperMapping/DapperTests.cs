using System.Data;
using System.Data.Common;
using Dapper;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Ecosystem.Tests;

/// <summary>What Dapper does with a connection, on both providers: what holds on the wrapped one holds on ours.</summary>
[TestFixtureSource(typeof(Provider), nameof(Provider.All))]
public sealed class DapperTests(Provider provider) : LibraryTest(provider)
{
    [SetUp]
    public void Fill() => Connection.Execute("""
        CREATE TABLE author(Id INTEGER PRIMARY KEY, Name TEXT NOT NULL, Born TEXT);
        CREATE TABLE book(Id INTEGER PRIMARY KEY, AuthorId INTEGER NOT NULL REFERENCES author(Id), Title TEXT NOT NULL, Price TEXT);
        INSERT INTO author VALUES (1, 'Ada', '1815-12-10'), (2, 'Bob', NULL);
        INSERT INTO book VALUES (1, 1, 'Notes', '12.50'), (2, 1, 'Letters', NULL), (3, 2, 'Works', '7.00');
        """);

    [Test]
    public async Task Query_gives_objects_in_every_form([Values] bool async, [Values] bool buffered)
    {
        const string Sql = "SELECT Id, Name FROM author WHERE Id >= @least ORDER BY Id";
        var authors = async
            ? await Connection.QueryAsync<Author>(Sql, new { least = 1 })
            : Connection.Query<Author>(Sql, new { least = 1 }, buffered: buffered);
        authors.ToList().ShouldBe([new Author(1, "Ada"), new Author(2, "Bob")]);
        (await Connection.QueryFirstAsync<Author>(Sql, new { least = 2 })).Name.ShouldBe("Bob");
        Connection.QuerySingleOrDefault<Author>(Sql, new { least = 3 }).ShouldBeNull();
        Should.Throw<InvalidOperationException>(() => Connection.QuerySingle<Author>(Sql, new { least = 1 }));
    }

    [Test]
    public async Task QueryAsync_without_a_buffer_loses_its_reader_with_its_command()
    {
        // Dapper disposes the command before the rows are read, and a command takes its reader with it: QueryUnbufferedAsync does not.
        var rows = await Connection.QueryAsync<string>(new CommandDefinition("SELECT Name FROM author", flags: CommandFlags.None));
        Should.Throw<InvalidOperationException>(() => rows.ToList());
    }

    [Test]
    public async Task Dynamic_rows_know_their_columns([Values] bool async)
    {
        const string Sql = "SELECT Name, Born, count(*) AS Books FROM author JOIN book ON AuthorId = author.Id GROUP BY author.Id ORDER BY author.Id";
        var rows = (async ? await Connection.QueryAsync(Sql) : Connection.Query(Sql)).ToList();
        ((string)rows[0].Name).ShouldBe("Ada");
        ((long)rows[0].Books).ShouldBe(2);
        ((object?)rows[1].Born).ShouldBeNull();
        ((IDictionary<string, object>)rows[1]).Keys.ShouldBe(["Name", "Born", "Books"]);
    }

    [Test]
    public async Task Rows_are_split_over_several_objects([Values] bool async)
    {
        const string Sql = "SELECT b.Id, b.Title, a.Id, a.Name FROM book b JOIN author a ON a.Id = b.AuthorId ORDER BY b.Id";
        var pairs = async
            ? await Connection.QueryAsync<Book, Author, (string, string)>(Sql, (book, author) => (book.Title, author.Name))
            : Connection.Query<Book, Author, (string, string)>(Sql, (book, author) => (book.Title, author.Name));
        pairs.ShouldBe([("Notes", "Ada"), ("Letters", "Ada"), ("Works", "Bob")]);
    }

    [Test]
    public async Task QueryMultiple_reads_every_result_in_turn([Values] bool async)
    {
        const string Sql = "SELECT count(*) FROM book; INSERT INTO author(Name) VALUES (@name); SELECT Name FROM author ORDER BY Id; SELECT 1 WHERE 0";
        await using var results = async
            ? await Connection.QueryMultipleAsync(Sql, new { name = "Cy" })
            : Connection.QueryMultiple(Sql, new { name = "Cy" });
        results.ReadSingle<int>().ShouldBe(3);
        (async ? await results.ReadAsync<string>() : results.Read<string>()).ShouldBe(["Ada", "Bob", "Cy"]);
        results.IsConsumed.ShouldBeFalse();
        (await results.ReadFirstOrDefaultAsync<int?>()).ShouldBeNull();
        results.IsConsumed.ShouldBeTrue();
    }

    [Test]
    public async Task Execute_runs_a_list_in_and_out_of_a_transaction([Values] bool async, [Values] bool inTransaction)
    {
        var books = Enumerable.Range(10, 20).Select(id => new { id, author = (id % 2) + 1, title = $"t{id}" }).ToArray();
        const string Sql = "INSERT INTO book(Id, AuthorId, Title) VALUES (@id, @author, @title)";
        await using (var transaction = inTransaction ? await Connection.BeginTransactionAsync() : null)
        {
            (async ? await Connection.ExecuteAsync(Sql, books, transaction) : Connection.Execute(Sql, books, transaction)).ShouldBe(20);
            if (transaction is not null)
                await transaction.CommitAsync();
        }

        Connection.ExecuteScalar<int>("SELECT count(*) FROM book").ShouldBe(23);
    }

    [Test]
    public async Task Unbuffered_rows_may_be_left_half_way()
    {
        var titles = new List<string>();
        await foreach (var title in Connection.QueryUnbufferedAsync<string>("SELECT Title FROM book ORDER BY Id"))
        {
            titles.Add(title);
            if (titles.Count == 2)
                break;
        }

        titles.ShouldBe(["Notes", "Letters"]);
        Connection.Query<string>("SELECT Title FROM book", buffered: false).First().ShouldBe("Notes");
        Connection.Execute("DELETE FROM book").ShouldBe(3);
        Connection.Execute("DROP TABLE book");
    }

    [Test]
    public void Lists_are_expanded_and_may_be_empty()
    {
        Titles(new { ids = new[] { 3, 1 } }).ShouldBe(["Notes", "Works"]);
        Titles(new { ids = Array.Empty<int>() }).ShouldBeEmpty();
        Titles(new { ids = Enumerable.Range(1, 400).ToList() }).Count.ShouldBe(3);
        Connection.Query<string>("SELECT Title FROM book WHERE Title IN @titles", new { titles = new[] { "Notes", "x" } }).ShouldBe(["Notes"]);
        Connection.ExecuteScalar<int>("SELECT {=number} + 1", new { number = 41 }).ShouldBe(42);

        List<string> Titles(object parameters) => [.. Connection.Query<string>("SELECT Title FROM book WHERE Id IN @ids ORDER BY Id", parameters)];
    }

    [TestCaseSource(nameof(Samples))]
    public void DynamicParameters_of_every_type_reach_the_database(DbType type, object value, string stored, object back)
    {
        var parameters = new DynamicParameters();
        parameters.Add("value", value, type);
        Connection.QuerySingle<string>("SELECT typeof(@value)", parameters).ShouldBe(stored);
        Connection.ExecuteScalar("SELECT @value", parameters).ShouldBe(back);
        parameters.Add("value", null, type);
        Connection.ExecuteScalar("SELECT @value IS NULL", parameters).ShouldBe(1L);
    }

    [Test]
    public void DynamicParameters_may_come_from_a_template_and_be_read_again()
    {
        var parameters = new DynamicParameters(new { a = 1, b = "two" });
        parameters.AddDynamicParams(new { c = 3.5 });
        parameters.Add("@size", "abcdef", DbType.String, size: 3);
        Connection.QuerySingle<(long, string, double, string)>("SELECT @a, @b, @c, @size", parameters).ShouldBe((1, "two", 3.5, "abc"));
        parameters.Get<string>("b").ShouldBe("two");
    }

    [TestCase(ParameterDirection.Output)]
    [TestCase(ParameterDirection.InputOutput)]
    [TestCase(ParameterDirection.ReturnValue)]
    public void Parameters_that_give_values_back_are_refused(ParameterDirection direction)
    {
        var parameters = new DynamicParameters();
        parameters.Add("out", dbType: DbType.Int32, direction: direction);
        Should.Throw<ArgumentException>(() => Connection.Execute("SELECT @out", parameters)).Message.ShouldContain(direction.ToString());
    }

    [TestCase("begin", true)]
    [TestCase("analyze", true)]
    [TestCase("vacuum", false)]
    [TestCase("commit", false)]
    [TestCase("begin deferred", false)]
    public void Texts_of_one_word_are_stored_procedures_but_for_the_known_ones(string sql, bool isTaken)
    {
        if (sql == "commit")
            Connection.Execute("begin deferred");
        if (isTaken)
            Should.Throw<ArgumentException>(() => Connection.Execute(sql)).Message.ShouldContain(nameof(CommandType.StoredProcedure));
        else
            Connection.Execute(sql);
        Connection.Execute(sql == "begin deferred" ? "rollback" : $"/* text */ {(isTaken ? "analyze" : "vacuum")}", commandType: CommandType.Text);
    }

    [Test]
    public void Strings_with_a_type_of_their_own_are_bound_as_text()
        => Connection.QuerySingle<string>("SELECT @a || typeof(@b)", new
        {
            a = new DbString { Value = "abc", IsAnsi = true, Length = 2 },
            b = new DbString { Value = "x", IsFixedLength = true, Length = 1 },
        }).ShouldBe("abtext");

    [Test]
    public async Task Cancelled_command_definition_is_not_run()
    {
        var cancelled = new CancellationToken(canceled: true);
        await Should.ThrowAsync<OperationCanceledException>(
            () => Connection.ExecuteAsync(new CommandDefinition("DELETE FROM book", cancellationToken: cancelled)));
        await Should.ThrowAsync<OperationCanceledException>(
            () => Connection.QueryAsync<int>(new CommandDefinition("SELECT 1", cancellationToken: cancelled)));
        Connection.ExecuteScalar<int>("SELECT count(*) FROM book").ShouldBe(3);
    }

    [Test]
    public void Errors_are_the_databases_own_and_leave_the_connection_usable()
    {
        var error = Should.Throw<DbException>(() => Connection.Execute("INSERT INTO book VALUES (@id, 99, 'x', NULL)", new[] { new { id = 50 }, new { id = 51 } }));
        error.ShouldBeOfType<Microsoft.Data.Sqlite.SqliteException>().SqliteExtendedErrorCode.ShouldBe(787);
        Connection.ExecuteScalar<int>("SELECT count(*) FROM book").ShouldBe(3);
    }

    [Test]
    public async Task Connection_that_is_closed_is_opened_for_the_call_alone([Values] bool async)
    {
        Connection.Close();
        (async ? await Connection.QueryAsync<string>("SELECT Name FROM author") : Connection.Query<string>("SELECT Name FROM author"))
            .ShouldBe(["Ada", "Bob"]);
        Connection.State.ShouldBe(ConnectionState.Closed);
        await using (var reader = await Connection.ExecuteReaderAsync("SELECT 1"))
        {
            Connection.State.ShouldBe(ConnectionState.Open);
            (await reader.ReadAsync()).ShouldBeTrue();
        }

        Connection.State.ShouldBe(ConnectionState.Closed);
    }

    private static IEnumerable<object[]> Samples() =>
    [
        [DbType.Boolean, true, "integer", 1L],
        [DbType.Byte, (byte)255, "integer", 255L],
        [DbType.SByte, (sbyte)-1, "integer", -1L],
        [DbType.Int16, short.MinValue, "integer", (long)short.MinValue],
        [DbType.UInt16, ushort.MaxValue, "integer", (long)ushort.MaxValue],
        [DbType.Int32, int.MinValue, "integer", (long)int.MinValue],
        [DbType.UInt32, uint.MaxValue, "integer", (long)uint.MaxValue],
        [DbType.Int64, long.MaxValue, "integer", long.MaxValue],
        [DbType.Single, 1.5f, "real", 1.5],
        [DbType.Double, Math.PI, "real", Math.PI],
        [DbType.Decimal, 12.30m, "text", "12.3"],
        [DbType.String, "text", "text", "text"],
        [DbType.AnsiString, "ansi", "text", "ansi"],
        [DbType.StringFixedLength, "c", "text", "c"],
        [DbType.Guid, Guid.Empty, "text", Guid.Empty.ToString()],
        [DbType.DateTime, new DateTime(2024, 2, 29, 13, 14, 15), "text", "2024-02-29 13:14:15"],
        [DbType.DateTime2, new DateTime(2024, 2, 29).AddTicks(1), "text", "2024-02-29 00:00:00.0000001"],
        [DbType.DateTimeOffset, new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.FromHours(2)), "text", "2024-02-29 01:02:03+02:00"],
        [DbType.Time, new TimeSpan(1, 2, 3), "text", "01:02:03"],
        [DbType.Binary, new byte[] { 1, 2 }, "blob", new byte[] { 1, 2 }],
    ];

    private sealed record Author(long Id, string Name);

    private sealed record Book(long Id, string Title);
}
