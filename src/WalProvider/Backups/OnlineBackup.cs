using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>Copies a pinned source page by page into an empty file.</summary>
internal static class OnlineBackup
{
    /// <summary>Copies; the file is complete and closed when it returns, but not yet flushed to the disk.</summary>
    internal static async ValueTask Copy(
        CopySource source,
        string path,
        TimeSpan busyTimeout,
        BackupOptions options,
        IProgress<BackupProgress>? progress,
        bool async,
        CancellationToken cancellationToken)
    {
        using var copy = OpenEmpty(path);
        var pages = new PageCopy(source, call => call(), copy.Handle!, busyTimeout);
        await pages.Run(options.PagesPerStep, options.Pause, progress, async, cancellationToken).ConfigureAwait(false);
    }

    // Nobody else knows the file, and it is deleted where anything fails: it needs neither a journal, nor locks, nor
    // a flush for each step. It is flushed once, before it gets its name.
    private static SqliteConnection OpenEmpty(string path)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false };
        var copy = new SqliteConnection(text.ConnectionString);
        copy.Open();
        foreach (var pragma in (ReadOnlySpan<string>)["journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE"])
        {
            PragmaStatement.Execute(copy.Handle!, $"PRAGMA {pragma}", new PatienceBudget(TimeSpan.Zero));
        }

        return copy;
    }
}
