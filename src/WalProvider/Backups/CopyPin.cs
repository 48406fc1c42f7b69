using System.Diagnostics;

namespace WalProvider;

/// <summary>The read transaction of a copy, as the sessions of its file see it.</summary>
/// <param name="applicationName">Who copies.</param>
internal sealed class CopyPin(string applicationName) : IFileUser, IDisposable
{
    private const string What = "(a copy of the database)";

    private readonly DateTimeOffset _since = DateTimeOffset.UtcNow;
    private readonly long _started = Stopwatch.GetTimestamp();
    private volatile bool _isClosed;

    /// <inheritdoc/>
    public bool IsClosed => _isClosed;

    /// <inheritdoc/>
    public bool IsLasting => !_isClosed;

    /// <inheritdoc/>
    public WalReader? DescribeReader()
        => _isClosed ? null : new WalReader(applicationName, _since, Stopwatch.GetElapsedTime(_started), What);

    /// <inheritdoc/>
    public WalFrames? ReadFrames() => null;

    /// <inheritdoc/>
    public void Dispose() => _isClosed = true;
}
