using System.Data;
using Microsoft.Data.Sqlite;

namespace WalProvider;

// What code finds on the wrapped provider's connection.
public sealed partial class WalDbConnection
{
    private List<Action<SqliteConnection>>? _registrations;

    /// <summary>Copies this database over another in one step. See the backup extensions for one that lets others go on.</summary>
    /// <param name="destination">The connection to copy to; opened for the copy where it is closed.</param>
    /// <exception cref="SqliteException">The destination is in use, or a disk failed.</exception>
    /// <exception cref="InvalidOperationException">This connection is closed.</exception>
    public void BackupDatabase(WalDbConnection destination) => BackupDatabase(destination, "main", "main");

    /// <summary>Copies one of this connection's databases over one of another's in one step.</summary>
    /// <param name="destination">The connection to copy to; opened for the copy where it is closed.</param>
    /// <param name="destinationName">Which of its databases: main, or the name it was attached by.</param>
    /// <param name="sourceName">Which of this connection's.</param>
    /// <exception cref="SqliteException">The destination is in use, or a disk failed.</exception>
    /// <exception cref="InvalidOperationException">This connection is closed.</exception>
    public void BackupDatabase(WalDbConnection destination, string destinationName, string sourceName)
    {
        ArgumentNullException.ThrowIfNull(destination);
        CommitBatchIn(nameof(BackupDatabase));
        var wasClosed = destination.State == ConnectionState.Closed;
        if (wasClosed)
        {
            destination.Open();
        }

        try
        {
            destination.CommitBatch();
            Session.Engine.Inner.BackupDatabase(destination.Session.Engine.Inner, destinationName, sourceName);
        }
        finally
        {
            if (wasClosed)
            {
                destination.Close();
            }
        }
    }

    /// <summary>Lets extensions be loaded by SQL; kept for each time the connection is opened.</summary>
    /// <param name="enable">Whether to.</param>
    /// <exception cref="SqliteException">The engine was built without extensions.</exception>
    /// <exception cref="InvalidOperationException">The profile is Hardened, which takes none.</exception>
    public void EnableExtensions(bool enable = true)
    {
        if (enable)
        {
            _pool.Settings.CheckExtensions();
        }

        RegisterOnInner(inner => inner.EnableExtensions(enable));
    }

    /// <summary>Loads an extension; loaded again each time the connection is opened.</summary>
    /// <param name="file">The shared library.</param>
    /// <param name="proc">Its entry point; null for the one that SQLite finds by the name.</param>
    /// <exception cref="SqliteException">It cannot be loaded.</exception>
    /// <exception cref="InvalidOperationException">The profile is Hardened, which takes none.</exception>
    public void LoadExtension(string file, string? proc = null)
    {
        _pool.Settings.CheckExtensions();
        RegisterOnInner(inner => inner.LoadExtension(file, proc));
    }

    /// <summary>Defines a collation; defined again each time the connection is opened.</summary>
    /// <param name="name">Its name in SQL.</param>
    /// <param name="comparison">The order; null removes the collation.</param>
    public void CreateCollation(string name, Comparison<string>? comparison)
        => RegisterOnInner(inner => inner.CreateCollation(name, comparison));

    /// <summary>Defines a collation with a state.</summary>
    /// <typeparam name="T">The state's type.</typeparam>
    /// <param name="name">Its name in SQL.</param>
    /// <param name="state">Handed to each comparison.</param>
    /// <param name="comparison">The order; null removes the collation.</param>
    public void CreateCollation<T>(string name, T state, Func<T, string, string, int>? comparison)
        => RegisterOnInner(inner => inner.CreateCollation(name, state, comparison));

    private void CommitBatchIn(string method)
        => BatchCommit.Run(OpenSession(method), async: false, CancellationToken.None).GetAwaiter().GetResult();

    private void RegisterOnInner(Action<SqliteConnection> register)
    {
        if (_session is { } session)
        {
            session.Touch();
            register(session.Engine.Inner);
        }

        (_registrations ??= []).Add(register);
    }
}
