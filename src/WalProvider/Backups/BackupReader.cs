using System.IO.Compression;

namespace WalProvider;

/// <summary>Reads a backup of any format: finds out what it is, and gives the database in it.</summary>
internal sealed class BackupReader : IDisposable
{
    private readonly Stream _content;
    private readonly ContainerReader? _container;
    private readonly BackupKey? _key;
    private readonly GzipTail? _tail;

    private BackupReader(Stream content, BackupCompression compression, ContainerReader? container, BackupKey? key)
    {
        _container = container;
        _key = key;
        Compression = compression;
        _tail = compression == BackupCompression.Gzip ? new GzipTail(content) : null;
        _content = compression switch
        {
            BackupCompression.Gzip => new GZipStream(_tail!, CompressionMode.Decompress, leaveOpen: true),
            BackupCompression.Brotli => new BrotliStream(content, CompressionMode.Decompress, leaveOpen: true),
            _ => content,
        };
    }

    /// <summary>How it is compressed.</summary>
    internal BackupCompression Compression { get; }

    /// <summary>Whether it is encrypted.</summary>
    internal bool IsEncrypted => _key is not null;

    /// <summary>Whether it carries a checksum of the database itself.</summary>
    internal bool HasTrailer => _container is not null;

    /// <summary>Whether it is a SQLite file as it is.</summary>
    internal bool IsPlain => _container is null && Compression == BackupCompression.None;

    private static ReadOnlySpan<byte> GzipMagic => [0x1f, 0x8b];

    /// <summary>Reads the first bytes of a backup.</summary>
    /// <exception cref="BackupException">It is no backup, of a later format, or locked.</exception>
    internal static async ValueTask<BackupReader> Open(Stream source, string? passphrase, bool async, CancellationToken cancellationToken)
    {
        var start = new byte[ContainerHeader.Length];
        var count = async
            ? await source.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false)
            : source.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (start.AsSpan().StartsWith(ContainerHeader.Magic))
        {
            return OpenContainer(source, start, count, passphrase);
        }

        var whole = new PrefixedStream(start.AsMemory(0, count), source);
        return start.AsSpan(0, count).StartsWith(DatabaseHeader.Magic) ? new BackupReader(whole, BackupCompression.None, null, null)
            : start.AsSpan(0, count).StartsWith(GzipMagic) ? new BackupReader(whole, BackupCompression.Gzip, null, null)
            : throw new BackupException(
                BackupFailure.NotABackup,
                $"This is no backup: it begins neither as a SQLite database nor as gzip nor as a container of WalProvider{(count == 0 ? ", it is empty" : "")}.");
    }

    /// <summary>Reads a backup file back and compares it with the database it was made of.</summary>
    /// <exception cref="BackupException">They differ.</exception>
    internal static void Compare(string backupPath, string databasePath, string? passphrase, CancellationToken cancellationToken)
    {
        using var file = new FileStream(backupPath, FileMode.Open, FileAccess.Read);
        using var reader = Open(file, passphrase, async: false, cancellationToken).GetAwaiter().GetResult();
        using var content = new MeasuringStream(Stream.Null, isHashed: true);
        reader.CopyTo(content, async: false, cancellationToken).GetAwaiter().GetResult();
        if (Convert.ToHexStringLower(content.TakeHash()!) != ChecksumFile.Compute(databasePath, cancellationToken))
        {
            throw new BackupException(BackupFailure.Damaged, "The backup does not read back as it was written. Look at the disk; no backup was kept.");
        }
    }

    /// <summary>Writes the database to a stream, and makes sure that it is the one that was backed up.</summary>
    /// <exception cref="BackupException">The backup is damaged or cut off, or holds no database.</exception>
    internal async ValueTask CopyTo(Stream destination, bool async, CancellationToken cancellationToken)
    {
        using var measured = new MeasuringStream(destination, _container is not null);
        var isDatabase = await Decode(measured, async, cancellationToken).ConfigureAwait(false);
        if (_tail is not null && !await _tail.IsEndOf(measured.Written, async, cancellationToken).ConfigureAwait(false))
        {
            throw new BackupException(BackupFailure.Damaged, "The backup is damaged: its gzip data is cut off or goes on behind its end. Take another copy of it.");
        }

        if (_container is not null)
        {
            await _container.End(async, cancellationToken).ConfigureAwait(false);
            if (!_container.TrailerMatches(measured.Written, measured.TakeHash()!))
            {
                throw new BackupException(BackupFailure.Damaged, "The backup is damaged: its content is not what was written. Take another copy of it.");
            }
        }

        if (!isDatabase)
        {
            throw new BackupException(BackupFailure.NotABackup, "This is no backup: what it holds is no SQLite database.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _content.Dispose();
        _tail?.Dispose();
        _container?.Dispose();
        _key?.Dispose();
    }

    private static BackupReader OpenContainer(Stream source, byte[] start, int count, string? passphrase)
    {
        if (count < ContainerHeader.Length)
        {
            throw new BackupException(BackupFailure.Damaged, "The backup is cut off within its header. Take another copy of it.");
        }

        var header = ContainerHeader.Parse(start);
        var key = header.Unlock(passphrase);
        var container = new ContainerReader(source, header, key);
        return new BackupReader(container, header.Compression, container, key);
    }

    /// <summary>Copies the content; whether it begins as a database does.</summary>
    private async ValueTask<bool> Decode(Stream destination, bool async, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 17];
        var isDatabase = false;
        for (var isFirst = true; ; isFirst = false)
        {
            var count = await ReadContent(buffer, async, cancellationToken).ConfigureAwait(false);
            isDatabase |= isFirst && buffer.AsSpan(0, count).StartsWith(DatabaseHeader.Magic);
            if (count == 0)
            {
                return isDatabase;
            }

            await WriteOnlyStream.Forward(destination, buffer.AsMemory(0, count), async, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<int> ReadContent(byte[] buffer, bool async, CancellationToken cancellationToken)
    {
        try
        {
            return async
                ? await _content.ReadAtLeastAsync(buffer, DatabaseHeader.MagicBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false)
                : _content.ReadAtLeast(buffer, DatabaseHeader.MagicBytes, throwOnEndOfStream: false);
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException)
        {
            // What the decompressors throw on bytes that nobody compressed: gzip the one, Brotli the other.
            throw new BackupException(BackupFailure.Damaged, $"The backup is damaged: {error.Message} Take another copy of it.", error);
        }
    }
}
