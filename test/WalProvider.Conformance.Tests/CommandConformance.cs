using System.Data;
using System.Data.Common;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Conformance.Tests;

public sealed class CommandConformance(Variant variant) : Conformance(variant)
{
    private const string Table = "CREATE TABLE t(a INTEGER PRIMARY KEY, b UNIQUE)";

    [Test]
    public Task Properties_have_the_same_defaults([Values] bool async) => Agree(async, async side =>
    {
        var command = side.Command(null, "");
        side.Note(command.CommandText);
        side.Note(command.CommandTimeout);
        side.Note(command.CommandType);
        side.Note(command.Connection);
        side.Note(command.Transaction);
        side.Note(command.DesignTimeVisible);
        side.Note(command.UpdatedRowSource);
        side.Note(command.Parameters.Count);
        var connection = await side.Open("Default Timeout=7");
        side.Note(connection.CreateCommand().CommandTimeout);
        command.Connection = connection;
        side.Note(command.CommandTimeout);
        command.CommandTimeout = 3;
        side.Note(command.CommandTimeout);
        side.Note(ReferenceEquals(command.Connection, connection));
    });

    [Test]
    public Task CommandText_may_be_empty_or_hold_no_statement([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        foreach (var sql in new[] { "", " ", ";", "-- nothing", "/* nothing */;" })
        {
            await side.Note(() => side.Execute(connection, sql), sql);
            await side.Note(() => side.Scalar(connection, sql), sql);
            await side.Note(() => side.Rows(connection, sql), sql);
        }

        var command = side.Command(connection, "SELECT 1");
        command.CommandText = null;
        side.Note(command.CommandText);
        command.CommandText = "SELECT 2";
        await side.Note(() => side.Scalar(command));
    });

    [Test]
    public async Task CommandText_that_was_never_set_is_refused([Values] bool async)
    {
        var ours = await Differ(Listed.CommandTextNeverSet, async, async side =>
        {
            var connection = await side.Open();
            var command = connection.CreateCommand();
            await side.Note(() => side.Execute(command));
        });
        ours.ShouldHaveSingleItem().ShouldContain("System.InvalidOperationException: CommandText was never set");
    }

    [Test]
    public Task CommandType_is_Text_alone([Values] bool async) => Agree(async, side =>
    {
        var command = side.Command(null, "SELECT 1");
        foreach (var type in Enum.GetValues<CommandType>())
            side.Note(() => command.CommandType = type, type.ToString());
        return Task.CompletedTask;
    });

    [Test]
    public Task Executing_needs_an_open_connection([Values] bool async) => Agree(async, async side =>
    {
        var command = side.Command(null, "SELECT 1");
        await Calls();
        command.Connection = side.Create();
        await Calls();
        await side.Open(command.Connection);
        await Calls();
        await side.Close(command.Connection);
        await Calls();
        command.Connection = null;
        await Calls();

        async Task Calls()
        {
            await side.Note(() => side.Execute(command));
            await side.Note(() => side.Scalar(command));
            await side.Note(() => side.Rows(command));
            await side.Note(() => side.Prepare(command));
        }
    });

    [Test]
    public Task Reader_that_is_open_keeps_its_command([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        var command = side.Command(connection, "SELECT 1 UNION SELECT 2");
        var reader = await side.Reader(command);
        await side.Note(() => side.Execute(command));
        await side.Note(() => side.Scalar(command));
        await side.Note(() => side.Rows(command));
        side.Note(() => command.CommandText = "SELECT 3");
        side.Note(() => command.Connection = null);
        side.Note(command.CommandText);
        await side.Close(reader);
        command.CommandText = "SELECT 4";
        await side.Note(() => side.Rows(command));
    });

    [Test]
    public Task Dispose_of_a_command_closes_its_reader_and_leaves_it_usable([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        var command = side.Command(connection, "SELECT 1 UNION SELECT 2");
        var reader = await side.Reader(command);
        await side.Read(reader);
        var disposed = 0;
        command.Disposed += (_, _) => disposed++;
        await side.Dispose(command);
        side.Note(reader.IsClosed);
        side.Note(() => reader.GetInt32(0));
        await side.Note(() => side.Rows(command));
        await side.Dispose(command);
        side.Note(disposed);
        side.Note(command.CommandText);
        side.Note(command.Connection is null);
    });

    [Test]
    public Task Commands_of_a_closed_connection_work_when_it_is_open_again([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        var command = side.Command(connection, "SELECT @a", ("@a", 1));
        await side.Note(() => side.Rows(command));
        await side.Close(connection);
        await side.Note(() => side.Rows(command));
        await side.Open(connection);
        await side.Note(() => side.Rows(command));
    });

    [Test]
    public Task Prepare_shows_mistakes_and_changes_nothing([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        await side.Execute(connection, Table);
        await side.Note(() => side.Prepare(side.Command(connection, "SELEC 1")));
        await side.Note(() => side.Prepare(side.Command(connection, "SELECT * FROM missing")));
        var insert = side.Command(connection, "INSERT INTO t VALUES (@a, @b)", ("@a", 1), ("@b", "x"));
        await side.Note(() => side.Prepare(insert));
        await side.Note(() => side.Prepare(insert));
        await side.Note(() => side.Rows(connection, "SELECT * FROM t"));
        await side.Note(() => side.Execute(insert));
        insert.Parameters[0].Value = 2;
        insert.Parameters[1].Value = "y";
        await side.Note(() => side.Execute(insert));
        await side.Note(() => side.Rows(connection, "SELECT * FROM t"));
    });

    [Test]
    public Task Parameters_are_one_collection_of_one_type([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        var command = side.Command(connection, "SELECT @a, typeof(@a)");
        side.Note(ReferenceEquals(command.Parameters, command.Parameters));
        side.Note(command.Parameters);
        var parameter = command.CreateParameter();
        side.Note(parameter);
        side.Note(() => parameter.Value);
        side.Note(parameter.ParameterName);
        side.Note(parameter.DbType);
        side.Note(parameter.Size);
        side.Note(parameter.Direction);
        side.Note(() => parameter.Direction = ParameterDirection.Output);
        parameter.ParameterName = "@a";
        foreach (var type in Enum.GetValues<DbType>())
            side.Note(() => parameter.DbType = type, type.ToString());
        parameter.ResetDbType();
        side.Note(() => command.Parameters.Add("a parameter"));
        command.Parameters.Add(parameter);
        side.Note(command.Parameters.IndexOf("@a"));
        side.Note(() => command.Parameters["@none"]);
        await side.Note(() => side.Rows(command));
        foreach (var value in new object?[] { 1, "x", 2.5, null, DBNull.Value, new byte[] { 1 }, Guid.Empty, DayOfWeek.Friday, new object() })
        {
            parameter.Value = value;
            await side.Note(() => side.Rows(command), value?.ToString());
        }

        command.Parameters.Clear();
        await side.Note(() => side.Rows(command));
    });

    [Test]
    public Task Connection_of_a_command_can_be_changed([Values] bool async) => Agree(async, async side =>
    {
        var one = await side.Open();
        var two = side.CreateFor("Data Source=:memory:");
        await side.Open(two);
        await side.Execute(one, "CREATE TABLE here(a); INSERT INTO here VALUES (1)");
        var command = side.Command(one, "SELECT a FROM here");
        await side.Note(() => side.Rows(command));
        command.Connection = two;
        side.Note(ReferenceEquals(command.Connection, two));
        await side.Note(() => side.Rows(command));
        await side.Execute(two, "CREATE TABLE here(a); INSERT INTO here VALUES (2)");
        await side.Note(() => side.Rows(command));
        command.Connection = one;
        await side.Note(() => side.Rows(command));
    });

    [Test]
    public Task Command_of_another_provider_is_refused_by_its_type([Values] bool async) => Agree(async, async side =>
    {
        var command = side.Command(null, "SELECT 1");
        var foreign = (side.IsOurs ? (DbProviderFactory)Microsoft.Data.Sqlite.SqliteFactory.Instance : WalDbProviderFactory.Instance).CreateConnection()!;
        await using (foreign)
            side.Note(() => Refuses<InvalidCastException>(() => command.Connection = foreign));
        side.Note(() => Refuses<InvalidCastException>(() => command.Parameters.Add(1)));

        static bool Refuses<T>(Action call)
            where T : Exception
        {
            try
            {
                call();
                return false;
            }
            catch (T)
            {
                return true;
            }
        }
    });

    [Test]
    public Task Timeouts_of_any_value_are_taken([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        var command = side.Command(connection, "SELECT 1");
        foreach (var seconds in new[] { 0, -1, 1, int.MaxValue, int.MinValue })
        {
            side.Note(() => command.CommandTimeout = seconds, $"{seconds}");
            side.Note(command.CommandTimeout);
            await side.Note(() => side.Scalar(command), $"{seconds}");
        }
    });
}
