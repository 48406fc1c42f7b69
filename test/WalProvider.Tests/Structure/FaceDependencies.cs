namespace WalProvider.Tests.Structure;

/// <summary>
/// The ADO.NET face is the one place where types may know each other in a circle: the base classes demand it
/// (<c>DbConnection.CreateCommand</c>, <c>DbCommand.Connection</c>, <c>DbTransaction.Connection</c>,
/// <c>DbConnection.DbProviderFactory</c>). Everything else depends downward only, and never on the face but for the
/// uses in this table.
/// </summary>
internal static class FaceDependencies
{
    /// <summary>From a type outside the face, to one inside, and why it may.</summary>
    public static readonly (string From, string To, string Reason)[] Allowed =
    [
        ("CheckpointExtensions", "WalDbConnection", "an extension of DbConnection looks whether the connection is ours"),
        ("TransactionExtensions", "WalDbConnection", "runs a caller's work in a transaction of a connection"),
        ("TransactionExtensions", "WalDbTransaction", "runs a caller's work in a transaction of a connection"),
        ("WriteQueue", "WalDbConnection", "hands a connection to the callers' work"),
        ("WriteQueueExtensions", "WalDbConnection", "opens the queue's connection from a data source"),
        ("WriteQueueExtensions", "WalDbDataSource", "opens the queue's connection from a data source"),
        ("QueuedUnit", "WalDbConnection", "a unit is a caller's work on a connection"),
        ("QueuedWork`1", "WalDbConnection", "a unit is a caller's work on a connection"),
        ("QueueWriter", "WalDbConnection", "runs units on a connection, in transactions of it"),
        ("QueueWriter", "WalDbTransaction", "runs units on a connection, in transactions of it"),
        ("QueueWriter", "WalDbCommand", "lets SQLite optimize the database when the queue ends"),
        ("BackupExtensions", "WalDbConnection", "an extension of DbConnection looks whether the connection is ours"),
    ];

    /// <summary>
    /// The builder is left out: it feeds the settings, stands below all else, and so belongs to no knot.
    /// </summary>
    public static bool IsFace(string type) =>
        type.StartsWith("WalDb", StringComparison.Ordinal) && type != "WalDbConnectionStringBuilder";
}
