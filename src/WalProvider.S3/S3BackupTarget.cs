using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace WalProvider;

/// <summary>Keeps backups in a bucket of S3, or of a server that speaks its protocol.</summary>
/// <remarks>
/// <para>A backup goes up in parts while it is compressed and encrypted: what is kept in memory is one part, and on the disk
/// nothing, save where <see cref="BackupOptions.TemporaryFolder"/> says so. An upload that fails is aborted, so that no parts are left to be paid for; after a crash the
/// bucket's lifecycle rule for incomplete uploads clears them away.</para>
/// <para>Many servers other than S3 itself store the SDK's chunk framing with the bytes. This target never asks for it, but
/// the checksums that the SDK adds by itself bring it back: for such a server set <c>RequestChecksumCalculation</c> and
/// <c>ResponseChecksumValidation</c> of the client's configuration to <c>WHEN_REQUIRED</c>.</para>
/// </remarks>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html"/>
public sealed class S3BackupTarget : IBackupTarget
{
    /// <summary>The smallest part that S3 accepts, save the last.</summary>
    public const int SmallestPartBytes = 5 * 1024 * 1024;

    private readonly IAmazonS3 _client;
    private readonly string _bucket;
    private readonly string _prefix;
    private readonly int _partBytes = 8 * 1024 * 1024;

    /// <summary>Creates the target.</summary>
    /// <param name="client">The client, which stays the caller's to dispose.</param>
    /// <param name="bucket">The bucket, which must exist.</param>
    /// <param name="prefix">What all keys begin with, such as <c>backups/</c>. Default: nothing.</param>
    /// <exception cref="ArgumentException">The bucket is empty.</exception>
    public S3BackupTarget(IAmazonS3 client, string bucket, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrWhiteSpace(bucket);
        ArgumentNullException.ThrowIfNull(prefix);
        _client = client;
        _bucket = bucket;
        _prefix = prefix;
    }

    /// <summary>
    /// The size of the first thousand parts in bytes; each further thousand has larger ones, since there can be ten thousand.
    /// Default 8 MiB, which reaches 440 GiB; at least <see cref="SmallestPartBytes"/>.
    /// </summary>
    public int PartBytes
    {
        get => _partBytes;

        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, SmallestPartBytes);
            _partBytes = value;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="AmazonS3Exception">The server refused.</exception>
    public async Task WriteAsync(string name, Func<Stream, CancellationToken, Task> writeContent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(writeContent);
        var upload = new S3Upload(_client, _bucket, KeyOf(name), PartBytes);
        await using (upload.ConfigureAwait(false))
        {
            try
            {
                await writeContent(upload, cancellationToken).ConfigureAwait(false);
                await upload.Complete(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception)
            {
                await upload.Abort().ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <inheritdoc/>
    /// <exception cref="AmazonS3Exception">The server refused.</exception>
    public async Task<IReadOnlyList<BackupItem>> ListAsync(string prefix, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        var items = new List<BackupItem>();
        var request = new ListObjectsV2Request { BucketName = _bucket, Prefix = _prefix + prefix };
        ListObjectsV2Response page;
        do
        {
            page = await _client.ListObjectsV2Async(request, cancellationToken).ConfigureAwait(false);
            items.AddRange(
                from found in page.S3Objects ?? []
                let name = found.Key[_prefix.Length..]
                where !name.Contains('/', StringComparison.Ordinal)
                select new BackupItem(name, found.Size ?? 0, found.LastModified ?? default));
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
        return items;
    }

    /// <inheritdoc/>
    /// <exception cref="AmazonS3Exception">The server refused.</exception>
    public async Task<Stream> OpenReadAsync(string name, CancellationToken cancellationToken = default)
    {
        try
        {
            var response = await _client.GetObjectAsync(_bucket, KeyOf(name), cancellationToken).ConfigureAwait(false);
            return response.ResponseStream;
        }
        catch (AmazonS3Exception error) when (error.StatusCode == HttpStatusCode.NotFound)
        {
            throw new FileNotFoundException($"There is no '{KeyOf(name)}' in the bucket '{_bucket}'.", name, error);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="AmazonS3Exception">The server refused.</exception>
    public Task DeleteAsync(string name, CancellationToken cancellationToken = default)
        => _client.DeleteObjectAsync(_bucket, KeyOf(name), cancellationToken);

    private string KeyOf(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return name.Contains('/', StringComparison.Ordinal)
            ? throw new ArgumentException($"'{name}' is no name of a backup: a name has no folders in it. Use the prefix.", nameof(name))
            : _prefix + name;
    }
}
