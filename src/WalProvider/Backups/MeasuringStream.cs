using System.Security.Cryptography;

namespace WalProvider;

/// <summary>Hands on what is written to it, and keeps its length and its SHA-256.</summary>
/// <param name="destination">Where to; not closed.</param>
/// <param name="isHashed">Whether the SHA-256 is wanted.</param>
internal sealed class MeasuringStream(Stream destination, bool isHashed) : WriteOnlyStream
{
    private readonly IncrementalHash? _hash = isHashed ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;

    /// <summary>How many bytes went through.</summary>
    internal long Written { get; private set; }

    /// <summary>The SHA-256 of all that went through, once; null where it is not wanted.</summary>
    internal byte[]? TakeHash() => _hash?.GetHashAndReset();

    /// <inheritdoc/>
    protected override ValueTask Write(ReadOnlyMemory<byte> bytes, bool async, CancellationToken cancellationToken)
    {
        Written += bytes.Length;
        _hash?.AppendData(bytes.Span);
        return Forward(destination, bytes, async, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash?.Dispose();
        }

        base.Dispose(disposing);
    }
}
