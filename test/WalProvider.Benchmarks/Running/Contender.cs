using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider.Benchmarks;

/// <summary>One of several that do the same work at the same time, with what it met.</summary>
/// <param name="operation">One operation, by its number.</param>
internal sealed class Contender(Action<long> operation)
{
    private long _next;

    /// <summary>How many operations succeeded in the time that counts.</summary>
    public long Done { get; private set; }

    /// <summary>The longest operation, the failed ones included.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>How many operations failed for a lock.</summary>
    public long LockErrors { get; private set; }

    /// <summary>Does a number of operations.</summary>
    public void Run(long count)
    {
        Forget();
        for (var done = 0L; done < count; done++)
        {
            Do(deadline: long.MaxValue);
        }
    }

    /// <summary>Goes on for a time; what ends later is waited for, but not counted.</summary>
    public void Run(TimeSpan span)
    {
        Forget();
        var deadline = Stopwatch.GetTimestamp() + (long)(span.TotalSeconds * Stopwatch.Frequency);
        while (Stopwatch.GetTimestamp() < deadline)
        {
            Do(deadline);
        }
    }

    private void Forget()
    {
        Done = 0;
        Longest = TimeSpan.Zero;
        LockErrors = 0;
    }

    private void Do(long deadline)
    {
        var start = Stopwatch.GetTimestamp();
        var succeeded = TryOperation();
        var end = Stopwatch.GetTimestamp();
        var elapsed = Stopwatch.GetElapsedTime(start, end);
        if (elapsed > Longest)
        {
            Longest = elapsed;
        }

        if (succeeded && end <= deadline)
        {
            Done++;
        }
    }

    private bool TryOperation()
    {
        try
        {
            operation(_next++);
            return true;
        }
        catch (SqliteException error) when (error.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            LockErrors++;
            return false;
        }
    }
}
