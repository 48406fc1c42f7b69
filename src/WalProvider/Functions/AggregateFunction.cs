using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>An aggregate or a window function of the user's, on one connection.</summary>
/// <remarks>
/// The wrapped provider has no window functions, and its aggregates at 6.0.7 go on from where the last group ended.
/// </remarks>
/// <seealso href="https://www.sqlite.org/windowfunctions.html#udfwinfunc"/>
internal abstract unsafe class AggregateFunction(string name)
{
    // Reads the arguments: no statement stands behind them.
    private readonly ResultRow _row = new(null!);
    private readonly string _name = name;

    /// <summary>Whether rows can be taken out again, so that it may go over a window.</summary>
    protected abstract bool HasInverse { get; }

    /// <summary>Begins a group or a window.</summary>
    protected abstract AggregateRun Begin();

    /// <summary>Defines it on a connection, which keeps it from then on.</summary>
    /// <exception cref="SqliteException">The engine refused it: its name is too long.</exception>
    /// <exception cref="NotSupportedException">The engine library does not export what it takes.</exception>
    internal void Define(sqlite3 db, int arity, bool isDeterministic)
    {
        if (!AggregateExports.AreReached)
        {
            throw new NotSupportedException("The engine library in use does not export sqlite3_create_window_function.");
        }

        var state = GCHandle.ToIntPtr(GCHandle.Alloc(this));
        var result = HasInverse
            ? AggregateExports.Create(db, _name, arity, isDeterministic, state, &OnStep, &OnFinal, &OnValue, &OnInverse, &OnDestroy)
            : AggregateExports.Create(db, _name, arity, isDeterministic, state, &OnStep, &OnFinal, null, null, &OnDestroy);
        SqliteException.ThrowExceptionForRC(result, db);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnStep(nint context, int count, nint* values) => Step(context, count, values, isInverse: false);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnInverse(nint context, int count, nint* values) => Step(context, count, values, isInverse: true);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnValue(nint context) => Give(context, RunOf(context, out _));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnFinal(nint context)
    {
        Give(context, RunOf(context, out var handle));
        if (handle != 0)
        {
            GCHandle.FromIntPtr(handle).Free();
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDestroy(nint state) => GCHandle.FromIntPtr(state).Free();

    private static AggregateFunction Of(nint context) => (AggregateFunction)GCHandle.FromIntPtr(AggregateExports.UserData(context)).Target!;

    private static void Step(nint context, int count, nint* values, bool isInverse)
    {
        var function = Of(context);
        var slot = AggregateExports.RunOf(context, isMade: true);
        if (slot == null)
        {
            AggregateExports.SetError(context, "out of memory", raw.SQLITE_NOMEM);
            return;
        }

        if (*slot == 0)
        {
            *slot = GCHandle.ToIntPtr(GCHandle.Alloc(function.Begin()));
        }

        var run = (AggregateRun)GCHandle.FromIntPtr(*slot).Target!;
        run.Step(new FunctionArguments(function._name, values, count, function._row), isInverse);
    }

    // Of a group without rows there was no step, and so nothing was begun.
    private static AggregateRun RunOf(nint context, out nint handle)
    {
        var slot = AggregateExports.RunOf(context, isMade: false);
        handle = slot == null ? 0 : *slot;
        return handle == 0 ? Of(context).Begin() : (AggregateRun)GCHandle.FromIntPtr(handle).Target!;
    }

    private static void Give(nint context, AggregateRun run)
    {
        var value = run.Value();
        if (run.Failure is { } failure)
        {
            AggregateExports.SetError(context, failure.Message, (failure as SqliteException)?.SqliteErrorCode);
        }
        else
        {
            AggregateExports.SetResult(context, value);
        }
    }
}
