namespace WalProvider;

/// <summary>
/// The lock of a session, under which the engine runs. It tells a run from inside a run, which SQLite's functions and
/// hooks would begin on the same thread, and refuses it.
/// </summary>
/// <remarks>Lock order: this one, then the gate's.</remarks>
internal sealed class SessionLock
{
    private readonly Lock _lock = new();

    /// <summary>Whether the engine is running, under the lock or in a step that reads a row without it.</summary>
    internal bool IsRunning { get; private set; }

    /// <summary>Whether the calling thread holds it.</summary>
    internal bool IsHeldHere => _lock.IsHeldByCurrentThread;

    /// <summary>How often the session was given back: what was begun before must not go on with it.</summary>
    internal int Returns { get; private set; }

    /// <summary>Enters for one run of the engine.</summary>
    /// <exception cref="InvalidOperationException">
    /// The engine is running on this very thread: SQL was executed from inside a user function or hook. Or it reads a row on another.
    /// </exception>
    internal void BeginRun()
    {
        _lock.Enter();
        if (IsRunning)
        {
            _lock.Exit();
            throw new InvalidOperationException(
                "This connection is executing a statement: SQL cannot be executed on it from inside a user function, aggregate, "
                + "collation or hook, nor by a second thread while one reads. Use a second connection there.");
        }

        IsRunning = true;
    }

    /// <summary>Enters for the last run of the one who gives the session back.</summary>
    /// <remarks>
    /// NB: refuses nothing, since a session that is not given back is lost. A step of another thread is waited for at the engine's
    /// own mutex.
    /// </remarks>
    internal void BeginReturn()
    {
        _lock.Enter();
        Returns++;
        IsRunning = true;
    }

    /// <summary>Ends the run.</summary>
    internal void EndRun()
    {
        IsRunning = false;
        _lock.Exit();
    }

    /// <summary>Marks the start of a step that reads a row, without the lock: SQL from inside it is refused.</summary>
    internal void BeginStep() => IsRunning = true;

    /// <summary>Marks its end.</summary>
    internal void EndStep() => IsRunning = false;

    /// <summary>Enters from outside, a timer's thread or another writer's, if nobody is inside.</summary>
    internal bool TryEnter() => _lock.TryEnter();

    /// <summary>The same, waiting for whoever is inside.</summary>
    internal bool TryEnter(TimeSpan atMost) => _lock.TryEnter(atMost);

    /// <summary>Leaves after having entered from outside.</summary>
    internal void Exit() => _lock.Exit();
}
