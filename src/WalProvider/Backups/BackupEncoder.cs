using System.IO.Compression;

namespace WalProvider;

/// <summary>Writes a database to a stream, compressed and encrypted as the options say.</summary>
/// <param name="options">What to write.</param>
/// <param name="async">Whether the stream is written without blocking.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class BackupEncoder(BackupOptions options, bool async, CancellationToken cancellationToken)
{
    private const int BufferBytes = 1 << 17;

    /// <summary>Writes a database file that SQLite has closed.</summary>
    /// <inheritdoc cref="Write(Func{Stream, ValueTask}, Stream)"/>
    internal ValueTask<(long Bytes, string? Sha256)> Write(string databasePath, Stream destination)
        => Write(stream => CopyFile(databasePath, stream), destination);

    /// <summary>Writes what writes itself to a stream; the destination is neither flushed nor closed.</summary>
    /// <returns>How many bytes were written, and their SHA-256 where Checksum is on.</returns>
    internal async ValueTask<(long Bytes, string? Sha256)> Write(Func<Stream, ValueTask> writeDatabase, Stream destination)
    {
        using var measured = new MeasuringStream(destination, options.Checksum);
        if (options.Passphrase is null && options.Compression != BackupCompression.Brotli)
        {
            await Compress(writeDatabase, measured, isHashed: false).ConfigureAwait(false);
        }
        else
        {
            await WriteContainer(writeDatabase, measured).ConfigureAwait(false);
        }

        return (measured.Written, measured.TakeHash() is { } hash ? Convert.ToHexStringLower(hash) : null);
    }

    private async ValueTask WriteContainer(Func<Stream, ValueTask> writeDatabase, Stream destination)
    {
        var header = ContainerHeader.Create(options, out var key);
        using (key)
        using (var container = new ContainerWriter(destination, header, key))
        {
            await container.Begin(async, cancellationToken).ConfigureAwait(false);
            var (bytes, hash) = await Compress(writeDatabase, container, isHashed: true).ConfigureAwait(false);
            await container.End(bytes, hash!, async, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<(long Bytes, byte[]? Hash)> Compress(Func<Stream, ValueTask> writeDatabase, Stream destination, bool isHashed)
    {
        if (options.Compression == BackupCompression.None)
        {
            return await Measure(writeDatabase, destination, isHashed).ConfigureAwait(false);
        }

        Stream compressor = options.Compression == BackupCompression.Gzip
            ? new GZipStream(destination, options.CompressionLevel, leaveOpen: true)
            : new BrotliStream(destination, options.CompressionLevel, leaveOpen: true);
        try
        {
            return await Measure(writeDatabase, compressor, isHashed).ConfigureAwait(false);
        }
        finally
        {
            if (async)
            {
                await compressor.DisposeAsync().ConfigureAwait(false);
            }
            else
            {
                compressor.Dispose();
            }
        }
    }

    private static async ValueTask<(long Bytes, byte[]? Hash)> Measure(Func<Stream, ValueTask> writeDatabase, Stream destination, bool isHashed)
    {
        using var content = new MeasuringStream(destination, isHashed);
        await writeDatabase(content).ConfigureAwait(false);
        return (content.Written, content.TakeHash());
    }

    private async ValueTask CopyFile(string databasePath, Stream destination)
    {
        using var file = File.OpenHandle(databasePath, options: FileOptions.SequentialScan);
        var buffer = new byte[BufferBytes];
        long offset = 0;
        int count;
        while ((count = RandomAccess.Read(file, buffer, offset)) > 0)
        {
            offset += count;
            await WriteOnlyStream.Forward(destination, buffer.AsMemory(0, count), async, cancellationToken).ConfigureAwait(false);
        }
    }
}
