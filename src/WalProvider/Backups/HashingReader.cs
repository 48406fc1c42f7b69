using System.Security.Cryptography;

namespace WalProvider;

/// <summary>Hands on what is read through it and keeps its SHA-256.</summary>
/// <param name="source">Where from; not closed.</param>
internal sealed class HashingReader(Stream source) : ReadOnlyStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Reads what is left and gives the SHA-256 of all that was read.</summary>
    internal async ValueTask<string> Finish(bool async, CancellationToken cancellationToken)
    {
        var rest = new byte[1 << 14];
        while (await Read(rest, async, cancellationToken).ConfigureAwait(false) > 0)
        {
        }

        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    /// <inheritdoc/>
    protected override async ValueTask<int> Read(Memory<byte> buffer, bool async, CancellationToken cancellationToken)
    {
        var count = async ? await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) : source.Read(buffer.Span);
        _hash.AppendData(buffer.Span[..count]);
        return count;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }
}
