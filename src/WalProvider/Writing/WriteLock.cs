namespace WalProvider;

/// <summary>
/// One connection's side of the write gate: entered before the engine is asked for its write lock, left when the
/// engine no longer holds it.
/// </summary>
/// <remarks>
/// The engine is the truth, not who called what: autocommit is no measure, since it is on beside a half-read
/// RETURNING and off after a failed upgrade that holds nothing.
/// </remarks>
/// <param name="gate">The gate of the file; null where nobody else can write it, or where Write Gate is off.</param>
/// <param name="engine">The connection.</param>
/// <param name="holder">Who the others are told holds the gate.</param>
internal sealed class WriteLock(WriteGate? gate, EngineConnection engine, IGateHolder holder)
{
    private long _heldSince;

    /// <summary>Whether the gate is entered.</summary>
    internal bool IsHeld { get; private set; }

    /// <summary>Whether others wait for it.</summary>
    internal bool HasWaiters => gate is not null && gate.HasWaiters;

    /// <summary>How long it has been held.</summary>
    internal TimeSpan HeldFor => TimeSpan.FromMilliseconds(IsHeld ? Environment.TickCount64 - _heldSince : 0);

    /// <summary>Enters the gate if that needs no waiting, or if it is entered already.</summary>
    internal bool TryEnter()
    {
        if (IsHeld || gate is null)
        {
            return true;
        }

        return gate.TryEnter(holder) && Hold();
    }

    /// <summary>Waits until the gate is entered. The session's lock must not be held meanwhile.</summary>
    /// <inheritdoc cref="WriteGate.Enter" path="/exception"/>
    internal async ValueTask Enter(BusyWait wait, bool async, CancellationToken cancellationToken)
    {
        if (!IsHeld && gate is not null)
        {
            await gate.Enter(holder, wait, async, cancellationToken).ConfigureAwait(false);
            Hold();
        }
    }

    /// <summary>Leaves the gate unless the engine holds its write lock.</summary>
    internal void Settle()
    {
        if (IsHeld && !engine.IsWriting)
        {
            holder.OnLeaving();
            Exit();
        }
    }

    /// <summary>Settles after an attempt that came to nothing; an engine that was closed meanwhile is asked nothing.</summary>
    internal void Leave(bool isClosed)
    {
        if (isClosed)
        {
            Exit();
        }
        else
        {
            Settle();
        }
    }

    /// <summary>Leaves the gate, whatever the engine says: its connection is going away.</summary>
    internal void Exit()
    {
        if (IsHeld)
        {
            IsHeld = false;
            gate!.Exit();
            holder.OnLeft();
        }
    }

    private bool Hold()
    {
        _heldSince = Environment.TickCount64;
        return IsHeld = true;
    }
}
