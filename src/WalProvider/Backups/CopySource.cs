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
    private readonly LiveDatabase _database;

    private CopySource(LiveDatabase database, SqliteConnection? own)
    {
        _database = database;
        _own = own;
        Db = own?.Handle ?? database.Db;
    }

    /// <summary>The handle to copy from.</summary>
    internal sqlite3 Db { get; }

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

    /// <summary>Begins the read transaction, whose first read fixes the moment.</summary>
    internal async ValueTask Pin(bool async, CancellationToken cancellationToken)
    {
        var wait = new BusyWait();
        wait.Restart(_database.BusyTimeout);
        if (_own is not null)
        {
            await PatientStatement.Execute(Db, "BEGIN", wait, async, cancellationToken).ConfigureAwait(false);
        }

        await Measure(wait, async, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads page size and page count.</summary>
    internal async ValueTask Measure(BusyWait wait, bool async, CancellationToken cancellationToken)
    {
        PageCount = long.Parse((await PatientStatement.Execute(Db, "PRAGMA page_count", wait, async, cancellationToken).ConfigureAwait(false))[0]);
        PageSize = int.Parse((await PatientStatement.Execute(Db, "PRAGMA page_size", wait, async, cancellationToken).ConfigureAwait(false))[0]);
    }

    /// <summary>Runs the engine on the source, under the lock of its session where it is the user's own.</summary>
    internal int Run(Func<int> call) => _own is null ? _database.Run(call) : call();

    /// <inheritdoc/>
    public void Dispose() => _own?.Dispose();
}
