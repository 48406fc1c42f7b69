using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace WalProvider;

/// <summary>
/// Keeps the WAL of a pool's file short while the pool has sessions: looks at it by a timer, and at once when a writer says that
/// it has grown long. Of several pools of a file one does the work.
/// </summary>
/// <param name="sessions">Where a session to work on comes from.</param>
/// <param name="settings">The limits, and where it reports.</param>
/// <param name="clock">The timer and the times.</param>
internal sealed class CheckpointUpkeep(ISessionSource sessions, UpkeepSettings settings, TimeProvider clock) : IWalUpkeep
{
    private readonly Lock _lock = new();
    private readonly CheckpointOptions _options = settings.Options;
    private readonly ILogger _logger = settings.Logger;
    private readonly CheckpointPolicy _policy = new(settings.Options, clock);
    private readonly ReaderReport _report = new(settings.Options.ReportReaderAfter, settings.Logger);
    private ITimer? _timer;
    private DatabaseFile? _file;
    private string _dataSource = "";
    private int _openSessions;
    private int _isRunning;

    /// <inheritdoc/>
    public long NudgeAboveBytes => _policy.TruncateFromBytes;

    /// <inheritdoc/>
    public bool IsExplicit => settings.IsExplicit;

    /// <summary>The run that was begun last, to be awaited by tests.</summary>
    internal Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>Opens a session beside those of the pool; whoever asks disposes it.</summary>
    internal WalSession OpenSession() => sessions.Open();

    /// <summary>Begins with the first session of the pool.</summary>
    internal void Opened(WalSession session)
    {
        if (!_options.IsEnabled || session.File is not { } file || session.Settings.IsReadOnly || session.Settings.IsFileless)
        {
            return;
        }

        lock (_lock)
        {
            _openSessions++;
            _file = file;
            _dataSource = session.Settings.DataSource;
            _timer ??= clock.CreateTimer(_ => Look(), null, _options.CheckEvery, _options.CheckEvery);
        }

        file.TryClaim(this);
    }

    // It ends with the last; SQLite empties and removes the WAL when the last connection of all closes.
    private void Closed(WalSession session)
    {
        lock (_lock)
        {
            if (session.File is null || session.File != _file || --_openSessions > 0)
            {
                return;
            }

            _timer?.Dispose();
            _timer = null;
            _file.Release(this);
            _file = null;
        }
    }

    /// <summary>Closes a session for good that is as it was opened.</summary>
    internal void Close(WalSession session)
    {
        if (_options.IsEnabled && session.Run.SessionAge >= _options.OptimizeAfter)
        {
            Optimize(session);
        }

        Drop(session);
    }

    /// <summary>Closes a session that is not as it was opened.</summary>
    internal void Drop(WalSession session)
    {
        session.Dispose();
        Closed(session);
    }

    /// <inheritdoc/>
    public void Nudge()
    {
        if (Volatile.Read(ref _isRunning) == 0)
        {
            // NB: not on the thread of the writer, who may be in the midst of an asynchronous call.
            ThreadPool.UnsafeQueueUserWorkItem(upkeep => upkeep.Look(), this, preferLocal: false);
        }
    }

    /// <summary>Brings the statistics of the query planner up to date.</summary>
    /// <remarks>It asks for the gate once and waits for nothing: the next session that is closed will do as well.</remarks>
    /// <seealso href="https://www.sqlite.org/pragma.html#pragma_optimize"/>
    private static void Optimize(WalSession session)
    {
        using (session.Enter())
        {
            if (session.IsClean && !session.Settings.IsReadOnly && session.WriteLock.TryEnter())
            {
                _ = raw.sqlite3_exec(session.Engine.Db, "PRAGMA analysis_limit=400; PRAGMA optimize");
                session.WriteLock.Exit();
            }
        }
    }

    private void Look()
    {
        if (Interlocked.Exchange(ref _isRunning, 1) == 0)
        {
            Running = Run();
        }
    }

    private async Task Run()
    {
        try
        {
            if (_file is { } file && file.TryClaim(this))
            {
                await Run(file).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // What is not done is done at the next look; a disk that fails shows in the writers' own calls.
            ProviderLog.UpkeepFailed(_logger, _dataSource, error);
        }
        finally
        {
            Volatile.Write(ref _isRunning, 0);
        }
    }

    private async Task Run(DatabaseFile file)
    {
        var walBytes = file.WalBytes;
        ProviderMetrics.WalMeasured(_dataSource, walBytes);
        if (walBytes == 0)
        {
            return;
        }

        var frames = file.ReadFrames();
        var reader = file.OldestReader();
        if (frames is null or { Backlog: > 0 })
        {
            _report.Look(_dataSource, walBytes, reader);
        }

        var readerAge = file.HasLastingReader ? TimeSpan.MaxValue : reader?.Age ?? TimeSpan.Zero;
        if (_policy.Next(walBytes, frames, readerAge) is { } mode)
        {
            _policy.Note(await Checkpoint(mode).ConfigureAwait(false));
        }
    }

    private async Task<CheckpointResult> Checkpoint(CheckpointMode mode)
    {
        // NB: a session of its own, since those of the pool belong to their users, and may all be in use.
        using var session = OpenSession();
        var timeout = mode == CheckpointMode.Truncate ? _options.TruncateTimeout : TimeSpan.Zero;
        var result = await new Checkpointer(session) { CopiesAhead = false }
            .Run(mode, timeout, async: true, CancellationToken.None).ConfigureAwait(false);
        ProviderLog.Checkpointed(_logger, _dataSource, mode, result);
        return result;
    }
}
