namespace WalProvider;

/// <summary>A stream whose first bytes were read already, to see what it is.</summary>
/// <param name="prefix">Those bytes.</param>
/// <param name="rest">The stream; not closed.</param>
internal sealed class PrefixedStream(ReadOnlyMemory<byte> prefix, Stream rest) : ReadOnlyStream
{
    private ReadOnlyMemory<byte> _prefix = prefix;

    /// <inheritdoc/>
    protected override async ValueTask<int> Read(Memory<byte> buffer, bool async, CancellationToken cancellationToken)
    {
        if (_prefix.Length == 0)
        {
            return async ? await rest.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) : rest.Read(buffer.Span);
        }

        var count = Math.Min(buffer.Length, _prefix.Length);
        _prefix[..count].CopyTo(buffer);
        _prefix = _prefix[count..];
        return count;
    }
}
