using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Conformance.Tests;

public sealed class ConnectionConformance(Variant variant) : Conformance(variant)
{
    [Test]
    public Task StateChange_is_raised_once_for_each_change_with_the_connection_as_sender([Values] bool async) => Agree(async, async side =>
    {
        var connection = side.Create();
        connection.StateChange += (sender, change) => side.Note(
            new object?[] { ReferenceEquals(sender, connection), change.OriginalState, change.CurrentState, connection.State }, "StateChange");
        await side.Open(connection);
        await side.Open(connection);
        await side.Close(connection);
        await side.Close(connection);
        await side.Open(connection);
        await side.Dispose(connection);
        await side.Dispose(connection);
    });

    [Test]
    public Task ConnectionString_is_given_back_as_it_was_set([Values] bool async) => Agree(async, async side =>
    {
        var connection = side.CreateFor(null);
        side.Note(connection.ConnectionString);
        foreach (var text in new[] { "", "Data Source=a.db", "data source = a.db ; ;cache=Shared", "FILENAME=x" })
        {
            connection.ConnectionString = text;
            side.Note(connection.ConnectionString);
            side.Note(connection.DataSource);
        }

        connection.ConnectionString = side.ConnectionString();
        await side.Open(connection);
        side.Note(() => connection.ConnectionString = "Data Source=other.db", "set while open");
        side.Note(connection.ConnectionString == side.ConnectionString());
        await side.Close(connection);
        connection.ConnectionString = null;
        side.Note(connection.ConnectionString);
    });

    [TestCase("Data Source=a.db;Mode=Nonsense")]
    [TestCase("Data Source=a.db;Cache=1x")]
    [TestCase("no keyword at all")]
    [TestCase("Data Source='unclosed")]
    public async Task ConnectionString_that_is_wrong_is_refused_when_it_is_set(string text)
    {
        using var wrapped = Side.Wrapped(isAsync: false);
        using var ours = Side.Ours(Variant.All.First(), isAsync: false);
        Should.Throw<ArgumentException>(() => wrapped.CreateFor(text));
        Should.Throw<ArgumentException>(() => ours.CreateFor(text));
        await Task.CompletedTask;
    }

    [Test]
    public async Task ConnectionString_with_an_unknown_keyword_names_it([Values] bool async)
    {
        var ours = await Differ(Listed.UnknownKeyword, async, side =>
        {
            side.Note(() => side.CreateFor("Data Sorce=a.db"));
            return Task.CompletedTask;
        });
        ours.ShouldHaveSingleItem().ShouldContain("System.ArgumentException");
        ours[0].ShouldContain("Data Sorce", Case.Insensitive);
    }

    [Test]
    public Task Properties_can_be_read_in_every_state([Values] bool async) => Agree(async, async side =>
    {
        var connection = side.Create();
        Note();
        await side.Open(connection);
        Note();
        await side.Close(connection);
        Note();
        await side.Dispose(connection);
        Note();

        void Note()
        {
            side.Note(connection.State);
            side.Note(connection.Database);
            side.Note(connection.DataSource);
            side.Note(() => connection.ServerVersion);
            side.Note(connection.ConnectionTimeout);
            side.Note(connection.ConnectionString == side.ConnectionString());
            side.Note(connection.Site);
        }
    });

    [Test]
    public Task Dispose_raises_Disposed_and_leaves_a_connection_that_can_be_opened_again([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        var disposed = 0;
        connection.Disposed += (_, _) => disposed++;
        await side.Dispose(connection);
        side.Note(disposed);
        side.Note(connection.State);
        await side.Note(() => side.Open(connection));
        await side.Note(() => side.Scalar(connection, "SELECT 1"));
    });

    [Test]
    public Task Calls_on_a_closed_connection_are_refused([Values] bool async) => Agree(async, async side =>
    {
        var connection = side.Create();
        await side.Note(() => side.Begin(connection));
        side.Note(() => connection.CreateCommand().Connection == connection);
        await side.Note(() => side.Close(connection));
        await side.Open(connection);
        await side.Close(connection);
        await side.Note(() => side.Begin(connection));
    });

    [Test]
    public Task ChangeDatabase_is_not_supported([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        side.Note(() => Refused(() => connection.ChangeDatabase("other")));

        static bool Refused(Action call)
        {
            try
            {
                call();
                return false;
            }
            catch (NotSupportedException)
            {
                return true;
            }
        }
    });

    [Test]
    public Task GetSchema_gives_the_collections_of_the_wrapped_provider([Values(true, false)] bool isOpen) => Agree(async: false, async side =>
    {
        var connection = isOpen ? await side.Open() : side.Create();
        side.Note(() => Wrapped(connection.GetSchema()));
        side.Note(() => Wrapped(connection.GetSchema("MetaDataCollections")));
        side.Note(() => Wrapped(connection.GetSchema("metadatacollections")));
        side.Note(() => connection.GetSchema("MetaDataCollections", ["a"]));
        side.Note(() => connection.GetSchema("ReservedWords"));
        side.Note(() => connection.GetSchema("ReservedWords", [null]));
        side.Note(() => connection.GetSchema("ReservedWords", ["a"]));
        side.Note(() => connection.GetSchema("Nonsense"));
        side.Note(() => connection.GetSchema(null!));
        side.Note(() => connection.GetSchema("Nonsense", ["a"]));

        static DataTable Wrapped(DataTable collections)
        {
            while (collections.Rows.Count > 2)
                collections.Rows.RemoveAt(2);
            return collections;
        }
    });

    [Test]
    public async Task GetSchema_lists_more_collections([Values] bool async)
    {
        var ours = await Differ(Listed.SchemaCollections, async, async side =>
        {
            var connection = await side.Open();
            var collections = async ? await connection.GetSchemaAsync() : connection.GetSchema();
            side.Note(collections.Rows.Count);
        });

        ours.ShouldBe(["collections.Rows.Count -> System.Int32 14"]);
    }

    [Test]
    public async Task Factory_creates_adapters_and_builders()
    {
        var ours = await Differ(Listed.DataAdapters, async: false, side =>
        {
            side.Note(side.Factory.CanCreateCommandBuilder && side.Factory.CanCreateDataAdapter);
            side.Note(side.Factory.CreateCommandBuilder() is not null && side.Factory.CreateDataAdapter() is not null);
            return Task.CompletedTask;
        });

        ours.ShouldAllBe(note => note.EndsWith("True", StringComparison.Ordinal));
    }

    [Test]
    public async Task Parameter_keeps_its_SourceVersion()
    {
        var ours = await Differ(Listed.SourceVersion, async: false, side =>
        {
            var parameter = side.Factory.CreateParameter()!;
            parameter.SourceVersion = DataRowVersion.Original;
            side.Note(parameter.SourceVersion);
            return Task.CompletedTask;
        });

        ours.ShouldBe(["parameter.SourceVersion -> System.Data.DataRowVersion Original"]);
    }

    [Test]
    public Task Factory_of_a_connection_is_its_own([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        side.Note(ReferenceEquals(DbProviderFactories.GetFactory(connection), side.Factory));
        side.Note(side.Factory.CreateConnection());
        side.Note(side.Factory.CreateCommand());
        side.Note(side.Factory.CreateParameter() is SqliteParameter);
        side.Note(side.Factory.CreateConnectionStringBuilder()!.GetType());
        side.Note(side.Factory.CreateDataSourceEnumerator());
        side.Note(side.Factory.CanCreateDataSourceEnumerator);
        side.Note(connection.CreateCommand());
    });

    [Test]
    public async Task Batches_can_be_created([Values] bool async)
    {
        var ours = await Differ(Listed.CanCreateBatch, async, async side =>
        {
            var connection = await side.Open();
            side.Note(side.Factory.CanCreateBatch);
            side.Note(connection.CanCreateBatch);
        });
        ours.ShouldAllBe(came => came.EndsWith("Boolean True", StringComparison.Ordinal));
    }

    [TestCase("Data Source=FOLDER/missing/a.db", "does not exist")]
    [TestCase("Data Source=FOLDER", "is a directory")]
    [TestCase("Data Source=FOLDER/none.db;Mode=ReadOnly", "does not exist")]
    public async Task Open_that_fails_keeps_the_first_sentence_and_names_the_file(string text, string cause)
    {
        var wrappedMessage = "";
        var ours = await Differ(Listed.OpenNamesTheFile, async: true, async side =>
        {
            var connection = side.CreateFor(text.Replace("FOLDER", Path.GetDirectoryName(side.File()), StringComparison.Ordinal));
            await side.Note(() => side.Open(connection));
            wrappedMessage = side.IsOurs ? wrappedMessage : side.Trace[0];
            connection.State.ShouldBe(ConnectionState.Closed);
        });
        ours[0].ShouldStartWith(wrappedMessage);
        ours[0].ShouldContain(cause);
    }

    [Test]
    public async Task Open_finds_a_file_that_is_no_database([Values] bool async)
    {
        var ours = await Differ(Listed.OpenNamesTheFile, async, async side =>
        {
            await File.WriteAllTextAsync(side.File(), new string('x', 5000));
            await side.Note(() => side.Open());
        });
        ours[0].ShouldContain("SQLite Error 26: 'file is not a database'.");
    }

    [Test]
    public Task Modes_and_kinds_of_databases_open_alike([Values] bool async) => Agree(async, async side =>
    {
        var first = await side.Open();
        await side.Execute(first, "CREATE TABLE t(a); INSERT INTO t VALUES (1)");
        await side.Close(first);
        foreach (var more in new[] { "Mode=ReadOnly", "Mode=ReadWrite", "Mode=ReadWriteCreate", "Cache=Private", "Recursive Triggers=True" })
        {
            var connection = await side.Open(more);
            await side.Note(() => side.Rows(connection, "SELECT * FROM t"), more);
            await side.Note(() => side.Execute(connection, "UPDATE t SET a = 1"), more);
            await side.Note(() => side.Scalar(connection, "PRAGMA recursive_triggers"), more);
            await side.Close(connection);
        }

        foreach (var text in new[] { "Data Source=:memory:", "Data Source=", "", "Mode=Memory" })
        {
            var connection = side.CreateFor(text);
            await side.Open(connection);
            await side.Note(() => side.Execute(connection, "CREATE TABLE t(a); INSERT INTO t VALUES (1)"), text);
            side.Note(connection.DataSource, text);
            await side.Close(connection);
            await side.Open(connection);
            await side.Note(() => side.Rows(connection, "SELECT * FROM t"), text);
        }
    });

    [Test]
    public Task Close_ends_what_is_open([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        await side.Execute(connection, "CREATE TABLE t(a)");
        var transaction = await side.Begin(connection);
        var insert = side.Command(connection, "INSERT INTO t VALUES (1)");
        insert.Transaction = transaction;
        await side.Execute(insert);
        var select = side.Command(connection, "SELECT * FROM t; SELECT 2");
        select.Transaction = transaction;
        var reader = await side.Reader(select);
        await side.Close(connection);
        side.Note(reader.IsClosed);
        side.Note(transaction.Connection);
        await side.Note(() => side.Commit(transaction));
        await side.Note(() => side.Rollback(transaction));
        await side.Note(() => side.Dispose(transaction));
        await side.Open(connection);
        await side.Note(() => side.Rows(connection, "SELECT * FROM t"));
        await side.Note(() => side.Begin(connection).ContinueWith(begun => begun.Result.IsolationLevel));
    });

    [Test]
    public async Task Close_rolls_back_the_rest_of_an_open_text_with_its_transaction([Values] bool async)
    {
        var ours = await Differ(Listed.CloseRollsBackTheRest, async, async side =>
        {
            var connection = await side.Open();
            await side.Execute(connection, "CREATE TABLE t(a)");
            await side.Begin(connection);
            await side.Reader(connection, "SELECT * FROM t; INSERT INTO t VALUES (2)");
            await side.Close(connection);
            await side.Open(connection);
            await side.Note(() => side.Rows(connection, "SELECT * FROM t"));
        });
        ours.ShouldHaveSingleItem().ShouldEndWith("[]");
    }

    [Test]
    public Task Two_connections_see_each_others_commits([Values] bool async) => Agree(async, async side =>
    {
        var one = await side.Open();
        var two = await side.Open();
        await side.Execute(one, "CREATE TABLE t(a)");
        await using (var transaction = await side.Begin(one))
        {
            var insert = side.Command(one, "INSERT INTO t VALUES (1)");
            insert.Transaction = transaction;
            await side.Execute(insert);
            await side.Note(() => side.Rows(one, "SELECT 1"), "in the transaction");
            await side.Commit(transaction);
        }

        await side.Note(() => side.Rows(two, "SELECT * FROM t"));
    });
}
