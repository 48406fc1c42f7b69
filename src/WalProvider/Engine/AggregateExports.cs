using System.Runtime.InteropServices;
using System.Text;
using SQLitePCL;

namespace WalProvider;

/// <summary>The engine's calls for aggregates and window functions, which SQLitePCLRaw has in part or not at all.</summary>
/// <seealso href="https://www.sqlite.org/c3ref/create_function.html"/>
internal static unsafe class AggregateExports
{
    private const int Utf8 = 1;
    private const int Deterministic = 0x800;
    private const int Transient = -1;

    private static readonly delegate* unmanaged[Cdecl]<
        nint, byte*, int, int, nint,
        delegate* unmanaged[Cdecl]<nint, int, nint*, void>, delegate* unmanaged[Cdecl]<nint, void>,
        delegate* unmanaged[Cdecl]<nint, void>, delegate* unmanaged[Cdecl]<nint, int, nint*, void>,
        delegate* unmanaged[Cdecl]<nint, void>, int> CreateExport
        = (delegate* unmanaged[Cdecl]<
            nint, byte*, int, int, nint,
            delegate* unmanaged[Cdecl]<nint, int, nint*, void>, delegate* unmanaged[Cdecl]<nint, void>,
            delegate* unmanaged[Cdecl]<nint, void>, delegate* unmanaged[Cdecl]<nint, int, nint*, void>,
            delegate* unmanaged[Cdecl]<nint, void>, int>)Find("sqlite3_create_window_function");
    private static readonly delegate* unmanaged[Cdecl]<nint, nint> UserDataExport
        = (delegate* unmanaged[Cdecl]<nint, nint>)Find("sqlite3_user_data");
    private static readonly delegate* unmanaged[Cdecl]<nint, int, nint*> AggregateContextExport
        = (delegate* unmanaged[Cdecl]<nint, int, nint*>)Find("sqlite3_aggregate_context");
    private static readonly delegate* unmanaged[Cdecl]<nint, long, void> ResultInt64Export
        = (delegate* unmanaged[Cdecl]<nint, long, void>)Find("sqlite3_result_int64");
    private static readonly delegate* unmanaged[Cdecl]<nint, double, void> ResultDoubleExport
        = (delegate* unmanaged[Cdecl]<nint, double, void>)Find("sqlite3_result_double");
    private static readonly delegate* unmanaged[Cdecl]<nint, void> ResultNullExport
        = (delegate* unmanaged[Cdecl]<nint, void>)Find("sqlite3_result_null");
    private static readonly delegate* unmanaged[Cdecl]<nint, byte*, int, nint, void> ResultTextExport
        = (delegate* unmanaged[Cdecl]<nint, byte*, int, nint, void>)Find("sqlite3_result_text");
    private static readonly delegate* unmanaged[Cdecl]<nint, byte*, int, nint, void> ResultBlobExport
        = (delegate* unmanaged[Cdecl]<nint, byte*, int, nint, void>)Find("sqlite3_result_blob");
    private static readonly delegate* unmanaged[Cdecl]<nint, byte*, int, void> ResultErrorExport
        = (delegate* unmanaged[Cdecl]<nint, byte*, int, void>)Find("sqlite3_result_error");
    private static readonly delegate* unmanaged[Cdecl]<nint, int, void> ResultErrorCodeExport
        = (delegate* unmanaged[Cdecl]<nint, int, void>)Find("sqlite3_result_error_code");

    /// <summary>Whether all of them are reached, and values can be read where the engine keeps them.</summary>
    internal static bool AreReached
        => CreateExport != null && UserDataExport != null && AggregateContextExport != null && ResultInt64Export != null
            && ResultDoubleExport != null && ResultNullExport != null && ResultTextExport != null && ResultBlobExport != null
            && ResultErrorExport != null && ResultErrorCodeExport != null && EngineValues.Stride != 0;

    /// <summary>Defines an aggregate; a window function where inverse and value are given. The engine's result code.</summary>
    /// <remarks>The engine calls destroy in any case, at once where it refuses.</remarks>
    internal static int Create(
        sqlite3 db, string name, int arity, bool isDeterministic, nint state,
        delegate* unmanaged[Cdecl]<nint, int, nint*, void> step, delegate* unmanaged[Cdecl]<nint, void> final,
        delegate* unmanaged[Cdecl]<nint, void> value, delegate* unmanaged[Cdecl]<nint, int, nint*, void> inverse,
        delegate* unmanaged[Cdecl]<nint, void> destroy)
    {
        fixed (byte* utf8 = Encoding.UTF8.GetBytes(name + '\0'))
        {
            var flags = isDeterministic ? Utf8 | Deterministic : Utf8;
            return CreateExport(db.DangerousGetHandle(), utf8, arity, flags, state, step, final, value, inverse, destroy);
        }
    }

    internal static nint UserData(nint context) => UserDataExport(context);

    /// <summary>Memory of one run, zeroed at first; null where there is none yet and none is asked for, or no memory is left.</summary>
    internal static nint* RunOf(nint context, bool isMade) => AggregateContextExport(context, isMade ? sizeof(nint) : 0);

    /// <summary>Gives a value as the result.</summary>
    /// <param name="context">The call.</param>
    /// <param name="value">Null, long, double, string or byte[].</param>
    internal static void SetResult(nint context, object? value)
    {
        switch (value)
        {
            case long number:
                ResultInt64Export(context, number);
                break;
            case double number:
                ResultDoubleExport(context, number);
                break;
            case string text:
                SetBytes(context, Encoding.UTF8.GetBytes(text), ResultTextExport);
                break;
            case byte[] blob:
                SetBytes(context, blob, ResultBlobExport);
                break;
            default:
                ResultNullExport(context);
                break;
        }
    }

    /// <summary>Fails the statement.</summary>
    internal static void SetError(nint context, string message, int? code)
    {
        var utf8 = Encoding.UTF8.GetBytes(message + '\0');
        fixed (byte* start = utf8)
        {
            ResultErrorExport(context, start, utf8.Length - 1);
        }

        // NB: after the message, which sets a code of its own.
        if (code is { } given)
        {
            ResultErrorCodeExport(context, given);
        }
    }

    private static void SetBytes(nint context, byte[] bytes, delegate* unmanaged[Cdecl]<nint, byte*, int, nint, void> export)
    {
        byte empty = 0;
        fixed (byte* start = bytes)
        {
            // NB: a null pointer would be NULL, and an empty array is one.
            export(context, start == null ? &empty : start, bytes.Length, Transient);
        }
    }

    private static nint Find(string name)
        => EngineLibrary.Handle != 0 && NativeLibrary.TryGetExport(EngineLibrary.Handle, name, out var export) ? export : 0;
}
