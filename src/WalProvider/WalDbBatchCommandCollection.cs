using System.Data.Common;

namespace WalProvider;

/// <summary>The commands of a <see cref="WalDbBatch"/>, in the order in which they are executed.</summary>
public sealed class WalDbBatchCommandCollection : DbBatchCommandCollection
{
    private readonly List<WalDbBatchCommand> _commands = [];

    internal WalDbBatchCommandCollection()
    {
    }

    /// <inheritdoc/>
    public override int Count => _commands.Count;

    /// <summary>False.</summary>
    public override bool IsReadOnly => false;

    /// <summary>The command at a place.</summary>
    /// <param name="index">The place, from 0.</param>
    public new WalDbBatchCommand this[int index]
    {
        get => _commands[index];
        set => _commands[index] = value;
    }

    /// <inheritdoc/>
    public override void Add(DbBatchCommand item) => _commands.Add(Own(item));

    /// <inheritdoc/>
    public override void Clear() => _commands.Clear();

    /// <inheritdoc/>
    public override bool Contains(DbBatchCommand item) => item is WalDbBatchCommand command && _commands.Contains(command);

    /// <inheritdoc/>
    public override void CopyTo(DbBatchCommand[] array, int arrayIndex)
        => ((System.Collections.ICollection)_commands).CopyTo(array, arrayIndex);

    /// <inheritdoc/>
    public override IEnumerator<DbBatchCommand> GetEnumerator() => _commands.GetEnumerator();

    /// <inheritdoc/>
    public override int IndexOf(DbBatchCommand item) => item is WalDbBatchCommand command ? _commands.IndexOf(command) : -1;

    /// <inheritdoc/>
    public override void Insert(int index, DbBatchCommand item) => _commands.Insert(index, Own(item));

    /// <inheritdoc/>
    public override bool Remove(DbBatchCommand item) => item is WalDbBatchCommand command && _commands.Remove(command);

    /// <inheritdoc/>
    public override void RemoveAt(int index) => _commands.RemoveAt(index);

    /// <inheritdoc/>
    protected override DbBatchCommand GetBatchCommand(int index) => _commands[index];

    /// <inheritdoc/>
    protected override void SetBatchCommand(int index, DbBatchCommand batchCommand) => _commands[index] = Own(batchCommand);

    private static WalDbBatchCommand Own(DbBatchCommand command)
        => command as WalDbBatchCommand
            ?? throw new ArgumentException(
                $"A {nameof(WalDbBatch)} takes {nameof(WalDbBatchCommand)}s, and not a {command?.GetType().Name ?? "null"}.", nameof(command));
}
