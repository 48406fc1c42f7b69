using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace WalProvider;

/// <summary>Has the engine ask, every thousand of its operations, whether the execution that runs must stop.</summary>
/// <remarks>
/// <para>The one that runs is asked, on its own thread, for its own token: so nothing can reach the next one, however late
/// it comes. <c>sqlite3_interrupt</c>, the simpler way, stops whatever the connection runs when it arrives, the next
/// command included.</para>
/// <para>Set once a session, since setting it waits for the statement that runs, and so would come too late for that one.
/// Statements of our own, COMMIT above all, run while nothing is entered here, and are never stopped.</para>
/// </remarks>
/// <seealso href="https://www.sqlite.org/c3ref/progress_handler.html"/>
internal sealed unsafe class StopPoll : IDisposable
{
    private const int Operations = 1000;

    // NB: SQLitePCLRaw keeps the delegate only as long as the connection does.
    private readonly delegate_progress? _fallback;
    private GCHandle _self;

    /// <summary>Starts to ask on a connection.</summary>
    internal StopPoll(sqlite3 db)
    {
        _self = GCHandle.Alloc(this, GCHandleType.Weak);
        if (!EngineExports.TrySetProgressHandler(db, Operations, &OnProgress, GCHandle.ToIntPtr(_self)))
        {
            _fallback = _ => Ask();
            raw.sqlite3_progress_handler(db, Operations, _fallback, null);
        }
    }

    /// <summary>The execution whose statement is in a step; null while none is.</summary>
    internal IStoppable? Running { get; set; }

    /// <summary>Takes the handler away: a blob or a statement of the user may keep the handle alive beyond this.</summary>
    internal void End(sqlite3 db)
    {
        if (_fallback is not null || !EngineExports.TrySetProgressHandler(db, 0, null, 0))
        {
            raw.sqlite3_progress_handler(db, 0, null, null);
        }
    }

    /// <summary>Frees what the handler is called with; it must have ended by then.</summary>
    public void Dispose() => _self.Free();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnProgress(nint state) => GCHandle.FromIntPtr(state).Target is StopPoll poll ? poll.Ask() : 0;

    private int Ask() => Running is { } running && running.MustStop() ? 1 : 0;
}
