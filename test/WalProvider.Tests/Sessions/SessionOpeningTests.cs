using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class SessionOpeningTests
{
    [Test]
    public async Task OpenAsync_leaves_the_thread_while_another_process_has_the_file_locked()
    {
        using var folder = new TempFolder();
        using var other = Lock(folder);
        await using var connection = new WalDbConnection($"Data Source={folder.File()};Pooling=False");

        var opening = connection.OpenAsync();
        opening.IsCompleted.ShouldBeFalse();

        Execute(other, "COMMIT");
        await opening.Within();
        connection.State.ShouldBe(System.Data.ConnectionState.Open);
    }

    [Test]
    public async Task OpenAsync_says_that_the_file_is_locked_when_busy_timeout_is_over()
    {
        using var folder = new TempFolder();
        using var other = Lock(folder);
        await using var connection = new WalDbConnection($"Data Source={folder.File()};Busy Timeout=20;Pooling=False");

        var error = await Should.ThrowAsync<SqliteBusyException>(connection.OpenAsync());

        error.SqliteErrorCode.ShouldBe(5);
        error.Message.ShouldContain(folder.File());
        File.Exists(folder.File()).ShouldBeTrue();
    }

    [Test]
    public async Task OpenAsync_ends_its_wait_when_it_is_cancelled()
    {
        using var folder = new TempFolder();
        using var other = Lock(folder);
        await using var connection = new WalDbConnection($"Data Source={folder.File()};Pooling=False");
        using var cancellation = new CancellationTokenSource();

        var opening = connection.OpenAsync(cancellation.Token);
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(opening.Within());
        connection.State.ShouldBe(System.Data.ConnectionState.Closed);
    }

    [Test]
    public void Open_that_fails_leaves_no_file_open([Values] bool byEngine)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File(), byEngine ? new string('x', 5000) : "");
        using var source = new WalDbDataSourceBuilder($"Data Source={folder.File()}")
            .UseSessionInitializer(_ => throw new TimeZoneNotFoundException()).Build();

        Should.Throw<Exception>(() => source.OpenConnection()).ShouldBeAssignableTo(byEngine ? typeof(SqliteException) : typeof(TimeZoneNotFoundException));

        folder.Descriptors.ShouldBe(0);
    }

    // Another connection that goes past the gate stands for another process.
    private static SqliteConnection Lock(TempFolder folder)
    {
        var other = new SqliteConnection($"Data Source={folder.File()};Pooling=False");
        other.Open();
        Execute(other, "CREATE TABLE t (v); BEGIN EXCLUSIVE");
        return other;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
