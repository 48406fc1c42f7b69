namespace WalProvider;

/// <summary>A table in which rows were changed.</summary>
/// <param name="database">The database's name.</param>
/// <param name="name">The table's name.</param>
/// <param name="databaseUtf8">The database's name as the engine has it.</param>
/// <param name="nameUtf8">The table's name as the engine has it.</param>
internal sealed class ChangedTable(string database, string name, byte[] databaseUtf8, byte[] nameUtf8)
{
    /// <summary>The database's name.</summary>
    internal string Database { get; } = database;

    /// <summary>The table's name.</summary>
    internal string Name { get; } = name;

    /// <summary>Whether it was noted that more of its rows were changed than are told.</summary>
    internal bool HasMany { get; set; }

    /// <summary>Whether these are its names. The table's differs more often, and is compared first.</summary>
    internal bool Is(ReadOnlySpan<byte> database, ReadOnlySpan<byte> name)
        => name.SequenceEqual(nameUtf8) && database.SequenceEqual(databaseUtf8);
}
