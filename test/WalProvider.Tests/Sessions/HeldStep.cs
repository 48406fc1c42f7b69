using System.Data.Common;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>A reader on a thread of its own that stands in the middle of a step until it is released.</summary>
/// <remarks>The step finds no row, which another thread that closes the connection would take away under it.</remarks>
internal sealed class HeldStep : IDisposable
{
    private readonly ManualResetEventSlim _entered = new();
    private readonly ManualResetEventSlim _released = new();
    private readonly DbDataReader _reader;
    private readonly Task<bool> _step;

    public HeldStep(WalDbConnection connection)
    {
        connection.CreateFunction("hold", () =>
        {
            _entered.Set();
            _released.Wait(Patience.Limit).ShouldBeTrue();
            return 2;
        });
        _reader = connection.Read("SELECT 1 UNION ALL SELECT 2 WHERE hold() = 0");
        _reader.Read().ShouldBeTrue();
        _step = Patience.OnThread(_reader.Read);
        _entered.Wait(Patience.Limit).ShouldBeTrue();
    }

    /// <summary>Lets the step go on and closes its reader.</summary>
    public async Task Release()
    {
        _released.Set();
        (await _step.Within()).ShouldBeFalse();
        _reader.Dispose();
    }

    /// <summary>Runs something on a thread of its own, and lets the step go on once it waits, or has ended.</summary>
    public async Task ReleaseWhenAwaited(Action action)
    {
        var ended = new TaskCompletionSource();
        var thread = new Thread(() =>
        {
            try
            {
                action();
                ended.SetResult();
            }
            catch (Exception error)
            {
                ended.SetException(error);
            }
        });
        thread.Start();
        Patience.Until(() => ended.Task.IsCompleted || thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
        var hasWaited = !ended.Task.IsCompleted;
        await Release();
        await ended.Task.Within();
        hasWaited.ShouldBeTrue("it ended something in the middle of another's step");
    }

    public void Dispose()
    {
        _released.Set();
        _reader.Dispose();
        _entered.Dispose();
        _released.Dispose();
    }
}
