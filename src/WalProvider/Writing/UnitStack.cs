using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>The units that are open in a batch, each inside the one before it, and each a savepoint.</summary>
/// <remarks>
/// A unit is whole or absent. So one whose batch was lost stays known until its owner has ended it: what the owner writes
/// until then would be the other half of a unit.
/// </remarks>
/// <seealso href="https://www.sqlite.org/lang_savepoint.html"/>
internal sealed class UnitStack(ControlStatements statements)
{
    private readonly List<UnitMark> _open = [];
    private readonly List<UnitMark> _lost = [];
    private long _last;

    /// <summary>Whether a unit is open.</summary>
    internal bool HasOpen => _open.Count > 0;

    /// <summary>Whether the batch of a unit was lost that its owner has not ended yet.</summary>
    internal bool HasLost => _lost.Count > 0;

    /// <summary>Begins a unit inside the open ones.</summary>
    /// <param name="pending">How many writes are pending before it.</param>
    internal UnitMark Begin(int pending)
    {
        var mark = new UnitMark(++_last, _open.Count + 1, pending);
        statements.Run($"SAVEPOINT {Savepoint(mark)}");
        _open.Add(mark);
        return mark;
    }

    /// <summary>Makes a unit's writes part of what is around it.</summary>
    /// <exception cref="InvalidOperationException">The unit is gone, or one inside it is open.</exception>
    /// <exception cref="SqliteException">The engine refused it.</exception>
    internal void Keep(UnitMark mark)
    {
        if (!IsOpen(mark))
        {
            throw new InvalidOperationException(
                "The unit's writes are gone: its batch was lost or rolled back, its connection was closed, or a unit around it was "
                + "disposed. Nothing of the unit was kept.");
        }

        if (mark.Depth != _open.Count)
        {
            throw new InvalidOperationException("A unit inside this one is open: end it first.");
        }

        statements.Run($"RELEASE {Savepoint(mark)}");
        RemoveFrom(mark);
    }

    /// <summary>Undoes a unit's writes, and the units inside it with them; false where they are gone already.</summary>
    internal bool Undo(UnitMark mark)
    {
        if (!IsOpen(mark))
        {
            _lost.Remove(mark);
            return false;
        }

        statements.Run($"ROLLBACK TO {Savepoint(mark)}");
        // NB: refused beside a half-read RETURNING. Then an empty savepoint stays until the batch commits.
        _ = statements.TryRun($"RELEASE {Savepoint(mark)}");
        RemoveFrom(mark);
        return true;
    }

    /// <summary>Undoes all units, whose owners have not ended them; returns the outermost, of which there must be one.</summary>
    internal UnitMark UndoAll()
    {
        UnitMark[] units = [.. _open];
        Undo(units[0]);
        _lost.AddRange(units);
        return units[0];
    }

    /// <summary>Notes that the transaction around the units is gone.</summary>
    internal void Lose()
    {
        _lost.AddRange(_open);
        _open.Clear();
    }

    /// <summary>Forgets the lost units: their connection was closed.</summary>
    internal void ForgetLost() => _lost.Clear();

    private static string Savepoint(UnitMark mark) => $"walprovider_unit_{mark.Depth}";

    private bool IsOpen(UnitMark mark) => mark.Depth <= _open.Count && _open[mark.Depth - 1] == mark;

    private void RemoveFrom(UnitMark mark) => _open.RemoveRange(mark.Depth - 1, _open.Count - mark.Depth + 1);
}
