using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>
/// The database that is copied, held at one moment: a second connection with a read transaction, so that a copy in
/// steps sees one snapshot while others write on.
/// </summary>
/// <remarks>
/// A copy that is not pinned starts over whenever another connection commits, and under steady writes never ends. Where
/// there is no file there is no second connection: a private database in memory is read on its own connection, and one
/// with a shared cache too, where the engine carries every change of the cache over into the copy.
/// </remarks>
/// <seealso href="https://www.sqlite.org/c3ref/backup_finish.html"/>
internal sealed class CopySource : IDisposable
{
    private readonly SqliteConnection? _own;
    private readonly LiveDatabase? _database;
    private readonly CopyPin? _pin;

    private CopySource(LiveDatabase? database, SqliteConnection? own)
    {
        _database = database;
        _own = own;
        Db = own?.Handle ?? database!.Db;
        if (own is not null && database?.FilePath is { } path)
        {
            // Whoever keeps the WAL short would hold the writers up to wait for the end of the copy.
            _pin = new CopyPin(database.ApplicationName);
            DatabaseFiles.For(RealPath.Resolve(path)).Add(_pin);
        }
    }

    /// <summary>The handle to copy from.</summary>
    internal sqlite3 Db { get; }

    /// <summary>Whether the handle is of a connection of our own, beside the user's.</summary>
    internal bool IsOwn => _own is not null;

    /// <summary>The size of a page in bytes.</summary>
    internal int PageSize { get; private set; }

    /// <summary>How many pages the database has.</summary>
    internal long PageCount { get; private set; }

    /// <summary>Opens the source, not yet pinned where there is a file.</summary>
    /// <exception cref="InvalidOperationException">A database in memory has an open transaction, whose writes are not final.</exception>
    internal static CopySource Open(LiveDatabase database)
    {
        if (database.FilePath is not null)
        {
            return new CopySource(database, database.OpenBeside());
        }

        return database.InTransaction
            ? throw new InvalidOperationException(
                "The database in memory has an open transaction or a pending batch on this connection. Commit it before the copy.")
            : new CopySource(database, null);
    }

    /// <summary>A file that nobody writes, such as a backup.</summary>
    internal static CopySource OfClosed(string path) => new(null, ClosedDatabase.Open(path));

    /// <summary>Begins the read transaction, whose first read fixes the moment.</summary>
    internal async ValueTask Pin(BusyWait wait, bool async, CancellationToken cancellationToken)
    {
        if (IsOwn)
        {
            await PatientStatement.Execute(Db, "BEGIN", wait, async, cancellationToken).ConfigureAwait(false);
        }

        await Measure(wait, async, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the database has a WAL, so that writers go on however long the source is pinned.</summary>
    internal async ValueTask<bool> HasWal(BusyWait wait, bool async, CancellationToken cancellationToken)
        => await Read("journal_mode", wait, async, cancellationToken).ConfigureAwait(false) == "wal";

    /// <summary>Reads page size and page count.</summary>
    internal async ValueTask Measure(BusyWait wait, bool async, CancellationToken cancellationToken)
    {
        PageCount = await Ask("page_count", wait, async, cancellationToken).ConfigureAwait(false);
        PageSize = (int)await Ask("page_size", wait, async, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs the engine on the source, under the lock of its session where it is the user's own.</summary>
    internal int Run(Func<int> call) => _own is null ? _database!.Run(call) : call();

    /// <inheritdoc/>
    public void Dispose()
    {
        _own?.Dispose();
        _pin?.Dispose();
    }

    private async ValueTask<long> Ask(string pragma, BusyWait wait, bool async, CancellationToken cancellationToken)
        => long.Parse(await Read(pragma, wait, async, cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);

    private async ValueTask<string> Read(string pragma, BusyWait wait, bool async, CancellationToken cancellationToken)
    {
        var rows = await PatientStatement.Execute(Db, $"PRAGMA {pragma}", wait, async, cancellationToken).ConfigureAwait(false);
        return rows[0];
    }
}
