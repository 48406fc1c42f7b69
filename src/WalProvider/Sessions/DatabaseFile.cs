namespace WalProvider;

/// <summary>What the sessions of one database file have in common in this process, whatever name they opened it by.</summary>
/// <param name="key">The file's real path, or the name of a shared database in memory.</param>
internal sealed class DatabaseFile(string key)
{
    /// <summary>The file's real path, or the name of a shared database in memory.</summary>
    internal string Key { get; } = key;

    /// <summary>Where its writers wait for each other.</summary>
    internal WriteGate Gate { get; } = WriteGates.For(key);
}
