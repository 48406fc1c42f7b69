using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>A database that a connection has open: what is copied, or copied over.</summary>
internal sealed class LiveDatabase
{
    // The wrapped provider's own patience, where a connection of its is used directly.
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(30);

    private readonly SqliteConnectionStringBuilder _text;

    private LiveDatabase(SqliteConnection inner, string connectionString, WalSession? session, TimeSpan busyTimeout)
    {
        _text = new SqliteConnectionStringBuilder(connectionString);
        Db = inner.Handle!;
        Session = session;
        BusyTimeout = busyTimeout;
        FilePath = raw.sqlite3_db_filename(Db, "main").utf8_to_string() is { Length: > 0 } path ? path : null;
    }

    /// <summary>The engine's handle.</summary>
    internal sqlite3 Db { get; }

    /// <summary>The full path of the file; null where there is none.</summary>
    internal string? FilePath { get; }

    /// <summary>The session of one of our connections; null for a connection of the wrapped provider.</summary>
    internal WalSession? Session { get; }

    /// <summary>How long to wait for locks.</summary>
    internal TimeSpan BusyTimeout { get; }

    /// <summary>Who copies: the application's name in messages and logs.</summary>
    internal string ApplicationName => Session?.Settings.ApplicationName ?? AppDomain.CurrentDomain.FriendlyName;

    /// <summary>Whether a transaction is open on this connection.</summary>
    internal bool InTransaction => !EngineExports.IsAutocommit(Db);

    /// <summary>Whether a result is open on one of our connections.</summary>
    internal bool HasOpenResults => Session is { OpenResults: > 0 };

    /// <summary>The database of one of our connections.</summary>
    internal static LiveDatabase Of(WalSession session)
        => new(session.Engine.Inner, session.Settings.InnerConnectionString, session, session.BusyTimeout);

    /// <summary>The database of a connection of the wrapped provider.</summary>
    internal static LiveDatabase Of(SqliteConnection connection)
        => new(connection, connection.ConnectionString, null, DefaultPatience);

    /// <summary>Opens a second connection to the same file, which shares nothing with the first.</summary>
    internal SqliteConnection OpenBeside()
    {
        var text = new SqliteConnectionStringBuilder(_text.ConnectionString) { Pooling = false, Cache = SqliteCacheMode.Private };
        if (!text.DataSource.StartsWith("file:", StringComparison.Ordinal))
        {
            // The text may be relative to a folder that is no longer the current one. The copy reads beside writers, which
            // costs whole seconds where the engine's own layer naps.
            text.DataSource = PreciseVfs.Name is null ? FilePath! : PreciseVfs.UriOf(FilePath!);
        }

        var connection = new SqliteConnection(text.ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>Commits the pending writes of the connection's batch.</summary>
    internal ValueTask CommitBatch(bool async, CancellationToken cancellationToken)
        => Session is null ? default : BatchCommit.Run(Session, async, cancellationToken);

    /// <summary>Waits for the write gate of the file, so that no writer of this process is in the way.</summary>
    /// <exception cref="WriteGateTimeoutException">It was held for longer than Busy Timeout.</exception>
    internal ValueTask EnterGate(BusyWait wait, bool async, CancellationToken cancellationToken)
        => Session?.WriteLock.Enter(wait, async, cancellationToken) ?? default;

    /// <summary>Leaves the gate.</summary>
    internal void LeaveGate() => Session?.WriteLock.Settle();

    /// <summary>Runs the engine under the session's lock.</summary>
    internal int Run(Func<int> call)
    {
        if (Session is null)
        {
            return call();
        }

        using (Session.Enter())
        {
            return call();
        }
    }
}
