namespace WalProvider;

/// <summary>
/// The savepoints that are open in a transaction, and how many changes were noted before each: the engine's hooks do not
/// tell of them.
/// </summary>
/// <seealso href="https://www.sqlite.org/lang_savepoint.html"/>
internal sealed class SavepointMarks
{
    private readonly List<(string Name, int Changes)> _open = [];

    /// <summary>Follows a SAVEPOINT, RELEASE or ROLLBACK TO that was executed.</summary>
    /// <param name="sql">Its text.</param>
    /// <param name="changes">How many changes are noted.</param>
    /// <returns>How many of them remain.</returns>
    internal int Follow(string sql, int changes)
    {
        var scanner = new SqlScanner(sql);
        var verb = scanner.Next();
        var name = scanner.NextName();
        if (Is(verb, "SAVEPOINT"))
        {
            _open.Add((name, changes));
            return changes;
        }

        name = PastWords(ref scanner, name);
        var index = _open.FindLastIndex(mark => mark.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        var isRollback = Is(verb, "ROLLBACK");
        // NB: one that is not known was set before the changes were listened to, and so before all of them.
        var remaining = isRollback ? (index < 0 ? 0 : _open[index].Changes) : changes;
        CutAfter(isRollback ? index : index - 1);
        return remaining;
    }

    /// <summary>Forgets all: the transaction has ended.</summary>
    internal void Clear() => _open.Clear();

    private static bool Is(ReadOnlySpan<char> word, string keyword) => word.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    // NB: SAVEPOINT, TO and TRANSACTION stand before the name, and each can be one: the last word of all is the name.
    private static string PastWords(ref SqlScanner scanner, string name)
    {
        for (var next = scanner.NextName(); next.Length > 0; next = scanner.NextName())
        {
            name = next;
        }

        return name;
    }

    private void CutAfter(int index)
    {
        var kept = Math.Max(index, -1) + 1;
        _open.RemoveRange(kept, _open.Count - kept);
    }
}
