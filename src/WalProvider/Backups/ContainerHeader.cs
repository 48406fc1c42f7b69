using System.Buffers.Binary;
using System.Security.Cryptography;

namespace WalProvider;

/// <summary>The first 64 bytes of a backup in this library's container; docs/backup.md has the table.</summary>
internal sealed class ContainerHeader
{
    /// <summary>The length of the header.</summary>
    internal const int Length = 64;

    /// <summary>The most content of one chunk.</summary>
    internal const int ChunkBytes = 1 << 16;

    /// <summary>Set in a chunk's length where it is the last.</summary>
    internal const uint LastChunk = 1u << 31;

    /// <summary>The content of the last chunk: the database's length and its SHA-256.</summary>
    internal const int TrailerBytes = sizeof(long) + SHA256.HashSizeInBytes;

    private const ushort Version = 1;
    private const int VersionOffset = 8;
    private const int CompressionOffset = 10;
    private const int EncryptionOffset = 11;
    private const int ChunkBytesOffset = 12;
    private const int IterationsOffset = 16;
    private const int SaltOffset = 20;
    private const int KeyCheckOffset = SaltOffset + BackupKey.SaltBytes;
    private const int HeaderCheckOffset = KeyCheckOffset + BackupKey.TagBytes;

    private ContainerHeader(byte[] bytes) => Bytes = bytes;

    /// <summary>What every container begins with. The line end shows a transfer that took it for text.</summary>
    internal static ReadOnlySpan<byte> Magic => "WalBak\r\n"u8;

    /// <summary>As it is written.</summary>
    internal byte[] Bytes { get; }

    /// <summary>What the content is compressed with.</summary>
    internal BackupCompression Compression => (BackupCompression)Bytes[CompressionOffset];

    /// <summary>Whether the chunks are encrypted.</summary>
    internal bool IsEncrypted => Bytes[EncryptionOffset] != 0;

    private int Iterations => BinaryPrimitives.ReadInt32LittleEndian(Bytes.AsSpan(IterationsOffset));

    private Span<byte> Salt => Bytes.AsSpan(SaltOffset, BackupKey.SaltBytes);

    private Span<byte> KeyCheck => Bytes.AsSpan(KeyCheckOffset, BackupKey.TagBytes);

    /// <summary>A header for a new backup, and its key where there is a passphrase.</summary>
    internal static ContainerHeader Create(BackupOptions options, out BackupKey? key)
    {
        var header = new ContainerHeader(new byte[Length]);
        Magic.CopyTo(header.Bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(header.Bytes.AsSpan(VersionOffset), Version);
        header.Bytes[CompressionOffset] = (byte)options.Compression;
        BinaryPrimitives.WriteInt32LittleEndian(header.Bytes.AsSpan(ChunkBytesOffset), ChunkBytes);
        key = null;
        if (options.Passphrase is { } passphrase)
        {
            header.Bytes[EncryptionOffset] = 1;
            BinaryPrimitives.WriteInt32LittleEndian(header.Bytes.AsSpan(IterationsOffset), options.KeyIterations);
            RandomNumberGenerator.Fill(header.Salt);
            key = BackupKey.Derive(passphrase, header.Salt, options.KeyIterations);
            key.MakeCheck(header.KeyCheck);
        }

        header.ComputeCheck().CopyTo(header.Bytes.AsSpan(HeaderCheckOffset));
        return header;
    }

    /// <summary>Reads a header.</summary>
    /// <exception cref="BackupException">The format is a later one, or the header is damaged.</exception>
    internal static ContainerHeader Parse(byte[] bytes)
    {
        var version = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(VersionOffset));
        if (version > Version)
        {
            throw new BackupException(
                BackupFailure.NewerFormat,
                $"The backup has format {version}, and this version reads up to {Version}. Restore it with a later version of WalProvider.");
        }

        var header = new ContainerHeader(bytes);
        return header.IsSound
            ? header
            : throw new BackupException(BackupFailure.Damaged, "The header of the backup is damaged. Take another copy of it.");
    }

    private bool IsSound
        => ComputeCheck().AsSpan().SequenceEqual(Bytes.AsSpan(HeaderCheckOffset))
            && Compression <= BackupCompression.Brotli
            && Bytes[EncryptionOffset] <= 1
            && BinaryPrimitives.ReadInt32LittleEndian(Bytes.AsSpan(ChunkBytesOffset)) == ChunkBytes
            && (!IsEncrypted || Iterations is > 0 and <= BackupKey.MostIterations);

    /// <summary>The key; null where the backup is not encrypted.</summary>
    /// <exception cref="BackupException">The passphrase is missing or wrong.</exception>
    internal BackupKey? Unlock(string? passphrase)
    {
        if (!IsEncrypted)
        {
            return null;
        }

        if (passphrase is null)
        {
            throw new BackupException(BackupFailure.PassphraseMissing, "The backup is encrypted. Set Passphrase to the one it was made with.");
        }

        var key = BackupKey.Derive(passphrase, Salt, Iterations);
        if (key.Matches(KeyCheck))
        {
            return key;
        }

        key.Dispose();
        throw new BackupException(BackupFailure.PassphraseWrong, "The passphrase is not the one that the backup was encrypted with.");
    }

    private byte[] ComputeCheck() => SHA256.HashData(Bytes.AsSpan(0, HeaderCheckOffset))[..(Length - HeaderCheckOffset)];
}
