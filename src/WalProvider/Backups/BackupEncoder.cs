using System.IO.Compression;

namespace WalProvider;

/// <summary>Writes a database file that SQLite has closed to a stream, compressed and encrypted as the options say.</summary>
/// <param name="options">What to write.</param>
/// <param name="async">Whether the stream is written without blocking.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class BackupEncoder(BackupOptions options, bool async, CancellationToken cancellationToken)
{
    private const int BufferBytes = 1 << 17;

    /// <summary>Writes; the destination is neither flushed nor closed.</summary>
    /// <returns>How many bytes were written, and their SHA-256 where Checksum is on.</returns>
    internal async ValueTask<(long Bytes, string? Sha256)> Write(string databasePath, Stream destination)
    {
        using var measured = new MeasuringStream(destination, options.Checksum);
        if (options.Passphrase is null && options.Compression != BackupCompression.Brotli)
        {
            await Compress(databasePath, measured, null).ConfigureAwait(false);
        }
        else
        {
            await WriteContainer(databasePath, measured).ConfigureAwait(false);
        }

        return (measured.Written, measured.TakeHash() is { } hash ? Convert.ToHexStringLower(hash) : null);
    }

    private async ValueTask WriteContainer(string databasePath, Stream destination)
    {
        var header = ContainerHeader.Create(options, out var key);
        using (key)
        using (var container = new ContainerWriter(destination, header, key))
        {
            await container.Begin(async, cancellationToken).ConfigureAwait(false);
            using var content = new MeasuringStream(Stream.Null, isHashed: true);
            await Compress(databasePath, container, content).ConfigureAwait(false);
            await container.End(content.Written, content.TakeHash()!, async, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask Compress(string databasePath, Stream destination, MeasuringStream? content)
    {
        switch (options.Compression)
        {
            case BackupCompression.Gzip:
                await CopyAndClose(databasePath, new GZipStream(destination, options.CompressionLevel, leaveOpen: true), content).ConfigureAwait(false);
                break;
            case BackupCompression.Brotli:
                await CopyAndClose(databasePath, new BrotliStream(destination, options.CompressionLevel, leaveOpen: true), content).ConfigureAwait(false);
                break;
            default:
                await Copy(databasePath, destination, content).ConfigureAwait(false);
                break;
        }
    }

    private async ValueTask CopyAndClose(string databasePath, Stream compressor, MeasuringStream? content)
    {
        try
        {
            await Copy(databasePath, compressor, content).ConfigureAwait(false);
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

    private async ValueTask Copy(string databasePath, Stream destination, MeasuringStream? content)
    {
        using var file = File.OpenHandle(databasePath, options: FileOptions.SequentialScan);
        var buffer = new byte[BufferBytes];
        long offset = 0;
        int count;
        while ((count = RandomAccess.Read(file, buffer, offset)) > 0)
        {
            offset += count;
            content?.Write(buffer, 0, count);
            await WriteOnlyStream.Forward(destination, buffer.AsMemory(0, count), async, cancellationToken).ConfigureAwait(false);
        }
    }
}
