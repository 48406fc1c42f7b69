using System.Threading.Channels;

namespace WalProvider;

/// <summary>
/// One writer for many threads: units of work are run one after the other in shared transactions, and each caller goes on
/// when its own is committed. Thread-safe.
/// </summary>
/// <remarks>
/// <para>What makes it fast is that many units share one commit, and so one wait for the disk, though each of their
/// callers has waited for a commit. Each unit is a savepoint: one that throws undoes its own work alone.</para>
/// <para>Units run in the order in which they were brought. A unit must use the connection that it is given, must not
/// wait for another unit of the queue, and must not end the transaction: COMMIT and ROLLBACK are refused.</para>
/// </remarks>
public sealed class WriteQueue : IAsyncDisposable, IDisposable
{
    private readonly Channel<QueuedUnit> _units;
    private readonly QueueWriter _writer;
    private readonly Task _loop;

    internal WriteQueue(Func<WalDbConnection> open, WriteQueueOptions options, TimeProvider clock)
    {
        _units = Channel.CreateBounded<QueuedUnit>(
            new BoundedChannelOptions(options.Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
        _writer = new QueueWriter(_units.Reader, open, options, clock);
        // NB: without the caller's context: the queue's connection would take part in a TransactionScope around its creation.
        using (ExecutionContext.SuppressFlow())
        {
            _loop = Task.Run(_writer.Run);
        }
    }

    /// <summary>Brings a unit of work and waits until it is committed.</summary>
    /// <typeparam name="T">What the work gives.</typeparam>
    /// <param name="work">The work. Runs on another thread, once.</param>
    /// <param name="cancellationToken">Cancels the unit as long as it has not started; after that it runs to its end.</param>
    /// <returns>What the work gave, once it is committed.</returns>
    /// <exception cref="ObjectDisposedException">The queue is disposed.</exception>
    /// <exception cref="OperationCanceledException">The unit was cancelled before it started, or cancelled itself.</exception>
    /// <exception cref="WriteBatchLostException">The commit failed; nothing of the unit was kept, or after an I/O error it is unknown.</exception>
    public Task<T> WriteAsync<T>(Func<WalDbConnection, T> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Bring<T>(connection => new ValueTask<T>(work(connection)), cancellationToken);
    }

    /// <summary>Brings a unit of asynchronous work. While it awaits, the file's write lock is held.</summary>
    /// <inheritdoc cref="WriteAsync{T}(Func{WalDbConnection, T}, CancellationToken)"/>
    public Task<T> WriteAsync<T>(Func<WalDbConnection, Task<T>> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Bring<T>(async connection => await work(connection).ConfigureAwait(false), cancellationToken);
    }

    /// <summary>Brings a unit of work without a result.</summary>
    /// <inheritdoc cref="WriteAsync{T}(Func{WalDbConnection, T}, CancellationToken)" path="/param|/exception"/>
    public Task WriteAsync(Action<WalDbConnection> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Bring<bool>(
            connection =>
            {
                work(connection);
                return default;
            },
            cancellationToken);
    }

    /// <summary>Brings a unit of asynchronous work without a result. While it awaits, the file's write lock is held.</summary>
    /// <inheritdoc cref="WriteAsync{T}(Func{WalDbConnection, T}, CancellationToken)" path="/param|/exception"/>
    public Task WriteAsync(Func<WalDbConnection, Task> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Bring<bool>(
            async connection =>
            {
                await work(connection).ConfigureAwait(false);
                return false;
            },
            cancellationToken);
    }

    /// <summary>
    /// Takes no more units, runs and commits those that wait, lets SQLite optimize the database, and checkpoints (passively: what
    /// others are reading or writing is left for another time).
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        _units.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
    }

    /// <summary>The same, blocking until all is committed.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task<T> Bring<T>(Func<WalDbConnection, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var unit = new QueuedWork<T>(work);
        try
        {
            await _units.Writer.WriteAsync(unit, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(WriteQueue), "The write queue is disposed and takes no more units.");
        }

        if (!cancellationToken.CanBeCanceled)
        {
            return await unit.Outcome.ConfigureAwait(false);
        }

        await using var registration = cancellationToken.UnsafeRegister(
            _ =>
            {
                if (unit.TryCancel())
                {
                    unit.Cancel(cancellationToken);
                }
            },
            null);
        return await unit.Outcome.ConfigureAwait(false);
    }
}
