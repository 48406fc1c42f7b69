using System.Data.Common;
using System.Diagnostics;
using Dapper;

namespace WalProvider.Tool;

/// <summary>
/// Loads rows with ordinary Dapper code, one Execute a row. It knows DbConnection only: the same code runs on
/// WalProvider and on the wrapped provider.
/// </summary>
internal sealed class DapperLoad(IDemoSource source, IStep step, CancellationToken cancellationToken)
{
    private const int RowsPerReport = 4096;

    /// <summary>Loads the rows, each by itself, as a program does that knows nothing of transactions.</summary>
    /// <param name="connection">An open connection to an empty database.</param>
    /// <param name="limit">When to stop early; null to load all.</param>
    /// <returns>How many rows were loaded.</returns>
    public long Run(DbConnection connection, TimeSpan? limit = null)
    {
        var clock = Stopwatch.StartNew();
        connection.Execute(source.CreateTable);
        var count = 0L;
        foreach (var row in source.Read())
        {
            connection.Execute(source.Insert, row);
            Report(++count);
            if (limit is not null && clock.Elapsed > limit)
                break;
        }

        return count;
    }

    /// <summary>The same by a program that begins and commits transactions itself.</summary>
    /// <param name="connection">An open connection to an empty database.</param>
    /// <param name="rowsPerTransaction">How many rows each transaction holds.</param>
    public void RunInTransactions(DbConnection connection, int rowsPerTransaction)
    {
        connection.Execute(source.CreateTable);
        var count = 0L;
        foreach (var rows in source.Read().Chunk(rowsPerTransaction))
        {
            using var transaction = connection.BeginTransaction();
            foreach (var row in rows)
            {
                connection.Execute(source.Insert, row, transaction);
                Report(++count);
            }

            transaction.Commit();
        }
    }

    private void Report(long count)
    {
        if (count % RowsPerReport != 0)
            return;
        cancellationToken.ThrowIfCancellationRequested();
        step.Report(count);
    }
}
