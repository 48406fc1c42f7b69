using Amazon.S3;
using Amazon.S3.Model;

namespace WalProvider;

/// <summary>A stream into one object: gathers a part, sends it, gathers the next. What fits into one part is put at once.</summary>
internal sealed class S3Upload(IAmazonS3 client, string bucket, string key, int partBytes) : Stream
{
    private const int PartsOfOneSize = 1000;

    private readonly List<PartETag> _parts = [];
    private byte[] _part = new byte[partBytes];
    private int _filled;
    private string? _uploadId;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Sends what is left; from now on the object exists.</summary>
    internal async Task Complete(CancellationToken cancellationToken)
    {
        if (_uploadId is null)
        {
            await PutWhole(cancellationToken).ConfigureAwait(false);
            return;
        }

        if (_filled > 0)
        {
            await SendPart(cancellationToken).ConfigureAwait(false);
        }

        var request = new CompleteMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = _uploadId, PartETags = _parts };
        await client.CompleteMultipartUploadAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Drops what was sent; the object stays as it was.</summary>
    internal async Task Abort()
    {
        if (_uploadId is not { } uploadId)
        {
            return;
        }

        try
        {
            await client.AbortMultipartUploadAsync(bucket, key, uploadId).ConfigureAwait(false);
        }
        catch (AmazonS3Exception)
        {
            // The error that led here is the one to be seen. The bucket's rule for incomplete uploads takes the parts away.
        }
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            if (_filled == _part.Length)
            {
                await SendPart(cancellationToken).ConfigureAwait(false);
            }

            var count = Math.Min(buffer.Length, _part.Length - _filled);
            buffer[..count].CopyTo(_part.AsMemory(_filled));
            _filled += count;
            buffer = buffer[count..];
        }
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
        => WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    /// <summary>Does nothing: a part is sent when it is full.</summary>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private async Task PutWhole(CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(_part, 0, _filled, writable: false);
        var request = new PutObjectRequest { BucketName = bucket, Key = key, InputStream = content, UseChunkEncoding = false };
        await client.PutObjectAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private async Task SendPart(CancellationToken cancellationToken)
    {
        _uploadId ??= (await client.InitiateMultipartUploadAsync(bucket, key, cancellationToken).ConfigureAwait(false)).UploadId;
        using var content = new MemoryStream(_part, 0, _filled, writable: false);
        var request = new UploadPartRequest
        {
            BucketName = bucket,
            Key = key,
            UploadId = _uploadId,
            PartNumber = _parts.Count + 1,
            PartSize = _filled,
            InputStream = content,
            UseChunkEncoding = false,
        };
        var response = await client.UploadPartAsync(request, cancellationToken).ConfigureAwait(false);
        _parts.Add(new PartETag(request.PartNumber.Value, response.ETag));
        _filled = 0;
        if (_parts.Count % PartsOfOneSize == 0)
        {
            _part = new byte[partBytes * (1 + (_parts.Count / PartsOfOneSize))];
        }
    }
}
