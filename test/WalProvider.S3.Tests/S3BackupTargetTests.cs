using System.Security.Cryptography;
using Amazon.S3;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

public class S3BackupTargetTests
{
    private S3Server _server = null!;
    private AmazonS3Client _client = null!;

    [OneTimeSetUp]
    public void StartServer()
    {
        _server = S3Server.Start();
        _client = _server.CreateClient();
    }

    [OneTimeTearDown]
    public void StopServer()
    {
        _client?.Dispose();
        _server?.Dispose();
    }

    // Nothing, one byte, a part less one, a part, a part and one byte, three parts and a bit.
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(S3BackupTarget.SmallestPartBytes - 1)]
    [TestCase(S3BackupTarget.SmallestPartBytes)]
    [TestCase(S3BackupTarget.SmallestPartBytes + 1)]
    [TestCase((3 * S3BackupTarget.SmallestPartBytes) + 12345)]
    public async Task Target_gives_back_byte_for_byte_what_was_written(int length)
    {
        var target = Target($"bytes{length}/");
        var content = new byte[length];
        new Random(length).NextBytes(content);

        await target.WriteAsync("item", async (stream, token) =>
        {
            for (var position = 0; position < length; position += 100_000)
            {
                await stream.WriteAsync(content.AsMemory(position, Math.Min(100_000, length - position)), token);
            }
        });

        using var back = new MemoryStream();
        await using (var stream = await target.OpenReadAsync("item"))
        {
            await stream.CopyToAsync(back);
        }

        back.Length.ShouldBe(length);
        SHA256.HashData(back.ToArray()).ShouldBe(SHA256.HashData(content));
    }

    [TestCase(10)]
    [TestCase(2 * S3BackupTarget.SmallestPartBytes)]
    public async Task Target_keeps_the_old_item_and_no_parts_when_the_content_throws(int length)
    {
        var target = Target($"throws{length}/");
        await target.WriteAsync("item", (stream, token) => stream.WriteAsync("old"u8.ToArray(), token).AsTask());

        await Should.ThrowAsync<NotImplementedException>(() => target.WriteAsync("item", async (stream, token) =>
        {
            await stream.WriteAsync(new byte[length], token);
            throw new NotImplementedException();
        }));

        (await target.ListAsync("")).ShouldHaveSingleItem().Bytes.ShouldBe(3);
    }

    [Test]
    public async Task Target_lists_and_deletes_its_own_items()
    {
        var target = Target("list/");
        var other = Target("list/deeper/");
        foreach (var name in new[] { "a1", "a2", "b1" })
        {
            await target.WriteAsync(name, (stream, token) => stream.WriteAsync("x"u8.ToArray(), token).AsTask());
        }

        await other.WriteAsync("a3", (stream, token) => stream.WriteAsync("x"u8.ToArray(), token).AsTask());

        (await target.ListAsync("a")).Select(item => item.Name).ShouldBe(["a1", "a2"], ignoreOrder: true);
        await target.DeleteAsync("a1");
        await target.DeleteAsync("none");
        (await target.ListAsync("")).Select(item => item.Name).ShouldBe(["a2", "b1"], ignoreOrder: true);
        await Should.ThrowAsync<FileNotFoundException>(() => target.OpenReadAsync("a1"));
        Should.Throw<ArgumentException>(() => target.DeleteAsync("deeper/a3"));
    }

    [Test]
    public async Task Backup_goes_to_the_bucket_and_back(
        [Values] BackupCompression compression, [Values(null, "secret")] string? passphrase)
    {
        using var folder = new TempFolder();
        await using var connection = OpenSample(folder);
        var target = Target($"backup-{compression}-{passphrase}/");
        var options = new BackupOptions { Compression = compression, Passphrase = passphrase };

        var result = await connection.BackupToAsync(target, "app", options);
        Execute(connection, "DELETE FROM item");
        var restored = await connection.RestoreFromAsync(target, "app", new RestoreOptions { Passphrase = passphrase });

        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM item";
        command.ExecuteScalar().ShouldBe(20_000L);
        restored.HasChecksum.ShouldBeTrue();
        (await target.ListAsync("app")).Single(item => item.Name == "app").Bytes.ShouldBe(result.Bytes);
    }

    [Test]
    public async Task Rotation_keeps_the_newest_in_the_bucket()
    {
        using var folder = new TempFolder();
        await using var connection = OpenSample(folder);
        var rotation = new BackupRotation(Target("rotation/"), "app") { KeepNewest = 2 };

        for (var backups = 0; backups < 3; backups++)
        {
            await connection.BackupToAsync(rotation, new BackupOptions { Compression = BackupCompression.Gzip });
        }

        (await rotation.ListAsync()).Count.ShouldBe(2);
    }

    private static WalDbConnection OpenSample(TempFolder folder)
    {
        var connection = new WalDbConnection($"Data Source={folder.File()}");
        connection.Open();
        Execute(connection, "CREATE TABLE item(id INTEGER PRIMARY KEY, data BLOB)");
        Execute(
            connection,
            "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO item(data) SELECT randomblob(500) FROM n");
        return connection;
    }

    private static void Execute(WalDbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private S3BackupTarget Target(string prefix)
        => new(_client, S3Server.Bucket, prefix) { PartBytes = S3BackupTarget.SmallestPartBytes };
}
