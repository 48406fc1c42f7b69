using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace WalProvider;

/// <summary>
/// Finds the engine library that SQLitePCLRaw has loaded, so that its exports can be called without its marshalling.
/// </summary>
/// <remarks>
/// A program may hold several SQLite libraries at once, and a handle of one must never reach another. So a candidate
/// counts only when its <c>sqlite3_libversion</c> gives the very address that SQLitePCLRaw gets.
/// </remarks>
internal static unsafe class EngineLibrary
{
    /// <summary>The AppContext switch that, set to false, has every call go through SQLitePCLRaw. Looked at once.</summary>
    internal const string Switch = "WalProvider.DirectEngineCalls";

    /// <summary>The module handle of the engine in use, or zero when its exports cannot or shall not be reached.</summary>
    internal static readonly nint Handle = AppContext.TryGetSwitch(Switch, out var isOn) && !isOn ? 0 : Find();

    /// <summary>Has the wrapped provider register the engine, which it does when its connection type is first used.</summary>
    // NB: it finds the bundle by name, which a trimmed program would have lost: its connections could not be opened.
    [DynamicDependency("Init", "SQLitePCL.Batteries_V2", "SQLitePCLRaw.batteries_v2")]
    internal static void Register()
        => System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(typeof(Microsoft.Data.Sqlite.SqliteConnection).TypeHandle);

    /// <summary>The version of the engine in use, as <c>sqlite3_libversion_number</c> gives it.</summary>
    internal static int ReadVersion()
    {
        // Nothing may have been opened in this process yet.
        Register();
        return raw.sqlite3_libversion_number();
    }

    private static nint Find()
    {
        Register();
        foreach (var candidate in Candidates())
        {
            if (candidate != 0 && IsEngineInUse(candidate))
            {
                return candidate;
            }
        }

        return 0;
    }

    private static IEnumerable<nint> Candidates()
    {
        var name = raw.GetNativeLibraryName();
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            if (assembly.GetName().Name?.StartsWith("SQLitePCLRaw.provider.", StringComparison.Ordinal) == true
                && NativeLibrary.TryLoad(name, assembly, null, out var handle))
            {
                yield return handle;
            }
        }

        // NB: TryLoad does not ask a resolver set by SetDllImportResolver, so an engine swapped in by one is
        // found by where its code is mapped.
        if (MappedLibrary() is { } path && NativeLibrary.TryLoad(path, out var mapped))
        {
            yield return mapped;
        }
    }

    private static bool IsEngineInUse(nint library)
        => NativeLibrary.TryGetExport(library, "sqlite3_libversion", out var export)
            && ((delegate* unmanaged[Cdecl]<nint>)export)() == VersionAddress();

    private static nint VersionAddress()
    {
        var version = raw.sqlite3_libversion();
        fixed (byte* address = version)
        {
            return (nint)address;
        }
    }

    private static string? MappedLibrary()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var address = (ulong)VersionAddress();
        foreach (var line in File.ReadLines("/proc/self/maps"))
        {
            var range = line.AsSpan(0, line.IndexOf(' '));
            var dash = range.IndexOf('-');
            var start = ulong.Parse(range[..dash], System.Globalization.NumberStyles.HexNumber);
            var end = ulong.Parse(range[(dash + 1)..], System.Globalization.NumberStyles.HexNumber);
            if (start <= address && address < end && line.IndexOf('/') is > 0 and var path)
            {
                return line[path..];
            }
        }

        return null;
    }
}
