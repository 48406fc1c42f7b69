using System.Runtime.ExceptionServices;

namespace WalProvider;

/// <summary>Runs work in a transaction, and the whole of it again where it failed for a reason that may go away.</summary>
public static class TransactionExtensions
{
    /// <summary>
    /// Runs work in a transaction, immediate unless Transaction Mode says otherwise, and commits it. After a transient failure (the database is locked) the
    /// transaction is rolled back and all of the work is run again.
    /// </summary>
    /// <typeparam name="T">What the work gives.</typeparam>
    /// <param name="connection">An open connection. Inside a transaction the work is run once, in a nested one.</param>
    /// <param name="work">The work; commands on the connection join the transaction. It may run several times.</param>
    /// <param name="options">How often and with what waits; null for the defaults.</param>
    /// <param name="cancellationToken">Ends waits for locks and between tries.</param>
    /// <returns>What the work gave in the try that was committed.</returns>
    /// <exception cref="SqliteBusyException">The last try failed too.</exception>
    /// <exception cref="InvalidOperationException">The connection is closed.</exception>
    /// <remarks>A transaction that may have been committed (COMMIT failed with an I/O error) is never run again.</remarks>
    public static async Task<T> InTransactionAsync<T>(
        this WalDbConnection connection,
        Func<WalDbTransaction, Task<T>> work,
        TransactionRetryOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(work);
        if (connection.CurrentTransaction is not null)
        {
            return await Try(connection, work, new CommitState(), cancellationToken).ConfigureAwait(false);
        }

        var state = new CommitState();
        return await (options ?? new TransactionRetryOptions()).ToPipeline()
            .ExecuteAsync(async token => await Try(connection, work, state, token).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <inheritdoc cref="InTransactionAsync{T}(WalDbConnection, Func{WalDbTransaction, Task{T}}, TransactionRetryOptions?, CancellationToken)"/>
    public static Task InTransactionAsync(
        this WalDbConnection connection,
        Func<WalDbTransaction, Task> work,
        TransactionRetryOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return connection.InTransactionAsync(
            async transaction =>
            {
                await work(transaction).ConfigureAwait(false);
                return true;
            },
            options,
            cancellationToken);
    }

    /// <inheritdoc cref="InTransactionAsync{T}(WalDbConnection, Func{WalDbTransaction, Task{T}}, TransactionRetryOptions?, CancellationToken)"/>
    public static T InTransaction<T>(
        this WalDbConnection connection, Func<WalDbTransaction, T> work, TransactionRetryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(work);
        if (connection.CurrentTransaction is not null)
        {
            return Try(connection, work, new CommitState());
        }

        var state = new CommitState();
        return (options ?? new TransactionRetryOptions()).ToPipeline().Execute(() => Try(connection, work, state));
    }

    /// <inheritdoc cref="InTransactionAsync{T}(WalDbConnection, Func{WalDbTransaction, Task{T}}, TransactionRetryOptions?, CancellationToken)"/>
    public static void InTransaction(
        this WalDbConnection connection, Action<WalDbTransaction> work, TransactionRetryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        connection.InTransaction(
            transaction =>
            {
                work(transaction);
                return true;
            },
            options);
    }

    private static async Task<T> Try<T>(
        WalDbConnection connection, Func<WalDbTransaction, Task<T>> work, CommitState state, CancellationToken cancellationToken)
    {
        state.RefuseRepeat();
        var transaction = (WalDbTransaction)await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var result = await work(transaction).ConfigureAwait(false);
            try
            {
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                state.Note(transaction, failure);
                throw;
            }

            return result;
        }
    }

    private static T Try<T>(WalDbConnection connection, Func<WalDbTransaction, T> work, CommitState state)
    {
        state.RefuseRepeat();
        using var transaction = connection.BeginTransaction();
        var result = work(transaction);
        try
        {
            transaction.Commit();
        }
        catch (Exception failure)
        {
            state.Note(transaction, failure);
            throw;
        }

        return result;
    }

    /// <summary>Remembers a commit whose outcome nobody knows.</summary>
    private sealed class CommitState
    {
        private ExceptionDispatchInfo? _unknown;

        // NB: where SQLite says that the transaction is still open after a failed COMMIT, nothing was committed.
        internal void Note(WalDbTransaction transaction, Exception failure)
        {
            if (transaction is not { Connection: not null, IsRolledBackExternally: false })
            {
                _unknown = ExceptionDispatchInfo.Capture(failure);
            }
        }

        internal void RefuseRepeat() => _unknown?.Throw();
    }
}
