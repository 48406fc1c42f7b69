using System.Runtime.CompilerServices;

namespace WalProvider;

/// <summary>
/// The lock of a session, under which the engine runs. It tells a run from inside a run, which SQLite's functions and
/// hooks would begin on the same thread, and refuses it.
/// </summary>
/// <remarks>
/// <para>Rows are stepped without it, under the engine's own mutex alone. A second thread, which must not be here, is refused beside
/// such a step where it begins something. Where it ends something it waits for the step: refused, a statement would stay open with
/// its transaction, and take with it what others write.</para>
/// <para>Lock order: this one, then the engine's mutex, then the gate's. The mutex is only tried for, with this lock free between two
/// tries: a step may call a user function, and that may ask for this lock, if only to be refused.</para>
/// </remarks>
internal sealed class SessionLock(EngineConnection engine)
{
    private readonly Lock _lock = new();
    private bool _isRunning;

    // The thread that steps a row, 0 for none. NB: written without the lock. Of several threads that step at once it is that of one,
    // mostly of the one whom the others wait for.
    private int _stepper;

    /// <summary>Whether the engine is running, under the lock or in a step that reads a row without it.</summary>
    internal bool IsRunning => _isRunning || _stepper != 0;

    /// <summary>Whether the calling thread holds it, or is in a step.</summary>
    internal bool IsHeldHere => _lock.IsHeldByCurrentThread || IsSteppedHere;

    /// <summary>How often the session was given back: what was begun before must not go on with it.</summary>
    internal int Returns { get; private set; }

    /// <summary>Whether the session is closed, and has no engine any more, or not for long.</summary>
    internal bool IsClosed { get; private set; }

    private bool IsSteppedHere => _stepper != 0 && _stepper == Environment.CurrentManagedThreadId;

    /// <summary>Enters for one run of the engine; the mutex to leave at its end, 0 for none.</summary>
    /// <exception cref="InvalidOperationException">
    /// The engine is running on this very thread: SQL was executed from inside a user function or hook. Or it reads a row on another.
    /// </exception>
    internal nint BeginRun()
    {
        if (_stepper != 0)
        {
            throw Refusal();
        }

        EnterToRun();
        return TryEnterEngine(out var mutex) ? mutex : AwaitEngine(isEnd: false);
    }

    /// <summary>The same for a run that ends what was begun: it waits for another thread's step.</summary>
    /// <exception cref="InvalidOperationException">
    /// The engine is running on this very thread, which would wait for itself. Nothing was ended.
    /// </exception>
    internal nint BeginEnd()
    {
        RefuseInside();
        _lock.Enter();
        _isRunning = true;
        return TryEnterEngine(out var mutex) ? mutex : AwaitEngine(isEnd: true);
    }

    /// <summary>Enters for the last run of the one who gives the session back.</summary>
    /// <remarks>NB: refuses nothing, since a session that is not given back is lost. A step of another thread is waited for.</remarks>
    internal nint BeginReturn()
    {
        _lock.Enter();
        Returns++;
        _isRunning = true;
        return TryEnterEngine(out var mutex) ? mutex : AwaitEngine(isEnd: true);
    }

    /// <summary>Ends the run; the mutex was left before.</summary>
    internal void EndRun()
    {
        _isRunning = false;
        _lock.Exit();
    }

    /// <summary>Refuses what cannot be done from inside the engine, before anything is given up for it.</summary>
    /// <exception cref="InvalidOperationException">The engine is running on this very thread.</exception>
    internal void RefuseInside()
    {
        if (IsRunning && IsHeldHere)
        {
            throw Refusal();
        }
    }

    /// <summary>Marks the start of a step that reads a row, without the lock: SQL from inside it is refused.</summary>
    /// <returns>Whether it is the outer one, neither inside another nor beside one; to be handed to <see cref="EndStep"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool BeginStep()
    {
        if (_stepper != 0)
        {
            return false;
        }

        _stepper = Environment.CurrentManagedThreadId;
        return true;
    }

    /// <summary>Marks its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void EndStep(bool isOuter)
    {
        if (isOuter)
        {
            _stepper = 0;
        }
    }

    /// <summary>Lets nobody into the engine any more; called in a run.</summary>
    internal void Close() => IsClosed = true;

    /// <summary>Enters from outside, a timer's thread or another writer's, if nobody is inside.</summary>
    internal bool TryEnter() => _lock.TryEnter();

    /// <summary>The same, waiting for whoever is inside.</summary>
    internal bool TryEnter(TimeSpan atMost) => _lock.TryEnter(atMost);

    /// <summary>Leaves after having entered from outside.</summary>
    internal void Exit() => _lock.Exit();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EnterToRun()
    {
        _lock.Enter();
        if (IsRunning)
        {
            ExitRefused();
        }

        _isRunning = true;
    }

    private void ExitRefused()
    {
        _lock.Exit();
        throw Refusal();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryEnterEngine(out nint mutex)
    {
        mutex = 0;
        return IsClosed || engine.TryEnterMutex(out mutex);
    }

    // Another thread is in a step, or the garbage collector finalizes a statement that was lost.
    private nint AwaitEngine(bool isEnd)
    {
        var wait = new SpinWait();
        nint mutex;
        do
        {
            EndRun();
            wait.SpinOnce();
            if (isEnd)
            {
                _lock.Enter();
                _isRunning = true;
            }
            else
            {
                EnterToRun();
            }
        }
        while (!TryEnterEngine(out mutex));
        return mutex;
    }

    private static InvalidOperationException Refusal()
        => new("This connection is executing a statement: SQL cannot be executed on it from inside a user function, aggregate, "
            + "collation or hook, nor by a second thread while one reads. Use a second connection there.");
}
