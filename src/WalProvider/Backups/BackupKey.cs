using System.Security.Cryptography;

namespace WalProvider;

/// <summary>The key of one encrypted backup, and the sealing of its chunks.</summary>
/// <remarks>
/// The salt is fresh for each backup and so is the key, which is why a counter may serve as the nonce. The header and the
/// length of the chunk with its mark of the last are authenticated with each chunk: none can be moved, dropped, cut off
/// at the end, or taken from another backup.
/// </remarks>
internal sealed class BackupKey : IDisposable
{
    /// <summary>Rounds of PBKDF2 with SHA-256; what OWASP's password storage page asks for.</summary>
    internal const int DefaultIterations = 600_000;

    /// <summary>The most rounds that are believed of a header: a forged one must not keep the processor busy for hours.</summary>
    internal const int MostIterations = 100_000_000;

    /// <summary>The length of the salt.</summary>
    internal const int SaltBytes = 16;

    /// <summary>The length of the tag that authenticates a chunk.</summary>
    internal const int TagBytes = 16;

    private const int KeyBytes = 32;
    private const int NonceBytes = 12;

    private readonly AesGcm _aes;

    private BackupKey(byte[] key)
    {
        _aes = new AesGcm(key, TagBytes);
        CryptographicOperations.ZeroMemory(key);
    }

    /// <summary>Derives the key of a backup.</summary>
    internal static BackupKey Derive(string passphrase, ReadOnlySpan<byte> salt, int iterations)
        => new(Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, iterations, HashAlgorithmName.SHA256, KeyBytes));

    /// <summary>The tag that tells a wrong passphrase from a damaged chunk: of nothing, under a nonce that no chunk has.</summary>
    internal void MakeCheck(Span<byte> tag)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        nonce.Fill(0xff);
        _aes.Encrypt(nonce, [], [], tag);
    }

    /// <summary>Whether a header's tag was made with this key.</summary>
    internal bool Matches(ReadOnlySpan<byte> tag)
    {
        Span<byte> own = stackalloc byte[TagBytes];
        MakeCheck(own);
        return CryptographicOperations.FixedTimeEquals(own, tag);
    }

    /// <summary>Encrypts a chunk in place.</summary>
    internal void Seal(long index, Span<byte> chunk, Span<byte> tag, ReadOnlySpan<byte> associated)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        WriteNonce(nonce, index);
        _aes.Encrypt(nonce, chunk, chunk, tag, associated);
    }

    /// <summary>Decrypts a chunk in place; false where it is not what was sealed.</summary>
    internal bool TryOpen(long index, Span<byte> chunk, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> associated)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        WriteNonce(nonce, index);
        try
        {
            _aes.Decrypt(nonce, chunk, tag, chunk, associated);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _aes.Dispose();

    private static void WriteNonce(Span<byte> nonce, long index)
    {
        nonce.Clear();
        System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(nonce, index);
    }
}
