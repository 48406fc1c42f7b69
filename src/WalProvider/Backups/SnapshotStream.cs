using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>Copies a pinned source page by page to a stream, without a copy on the disk.</summary>
/// <remarks>
/// <para>The engine writes the first page of a copy last, and only it can say what stands in there: a page may be in the
/// WAL. So the source is copied twice: once to nowhere, for the first page, and once to the stream. The snapshot is pinned,
/// so both are the same, which is checked. Reading twice costs less than a copy on the disk, which is written once and
/// read twice.</para>
/// <para>What the engine writes during a step is kept until the step is over, and handed on from here: the destination is
/// never called from within the engine.</para>
/// </remarks>
/// <param name="source">What is copied; pinned.</param>
/// <param name="options">How.</param>
/// <param name="busyTimeout">How long to wait for locks.</param>
/// <param name="async">Whether waits leave the thread free.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class SnapshotStream(
    CopySource source, BackupOptions options, TimeSpan busyTimeout, bool async, CancellationToken cancellationToken)
{
    // What a step writes stands in memory.
    private const int MostBytesPerStep = 1 << 20;

    private byte[]? _firstPage;

    /// <summary>How long the copy is, in bytes; known when it is written.</summary>
    internal long Length { get; private set; }

    /// <summary>Finds the first page.</summary>
    /// <returns>False where the engine does not write a copy in order, so that it cannot go to a stream.</returns>
    internal async ValueTask<bool> Prepare()
    {
        var sink = new PageSink(source.PageSize, isKept: false);
        try
        {
            await Copy(sink, progress: null, stepDone: null).ConfigureAwait(false);
        }
        catch (SqliteException) when (sink.Refusal is not null)
        {
            return false;
        }

        _firstPage = sink.FirstPage;
        return _firstPage is not null;
    }

    /// <summary>Writes the copy.</summary>
    /// <param name="destination">Where to; neither flushed nor closed.</param>
    /// <param name="progress">Told after each step.</param>
    internal async ValueTask Write(Stream destination, IProgress<BackupProgress>? progress)
    {
        var sink = new PageSink(source.PageSize, isKept: true);
        var first = (byte[])_firstPage!.Clone();
        DatabaseHeader.SetJournalMode(first, options.JournalMode);
        await WriteOnlyStream.Forward(destination, first, async, cancellationToken).ConfigureAwait(false);
        try
        {
            await Copy(sink, progress, () => WriteOnlyStream.Forward(destination, sink.Take(), async, cancellationToken)).ConfigureAwait(false);
        }
        catch (SqliteException error) when (sink.Refusal is not null)
        {
            throw new InvalidOperationException($"{sink.Refusal}, and the stream holds no backup. Set TemporaryFolder to send a copy.", error);
        }

        Length = sink.Length;
        if (!sink.FirstPage.AsSpan().SequenceEqual(_firstPage))
        {
            throw new InvalidOperationException("SQLite copied one snapshot twice and wrote two different first pages. The stream holds no backup.");
        }
    }

    private async ValueTask Copy(PageSink sink, IProgress<BackupProgress>? progress, Func<ValueTask>? stepDone)
    {
        using var copy = SinkDatabase.Open(sink);
        var pagesPerStep = Math.Clamp(options.PagesPerStep, 1, MostBytesPerStep / source.PageSize);
        var pages = new PageCopy(source, call => call(), copy.Db, busyTimeout) { StepDone = stepDone };
        await pages.Run(pagesPerStep, options.Pause, progress, async, cancellationToken).ConfigureAwait(false);
    }
}
