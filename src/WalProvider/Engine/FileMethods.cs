using System.Runtime.InteropServices;

namespace WalProvider;

/// <summary>
/// The engine's <c>sqlite3_io_methods</c>, version 3. The first argument of each is the address of the <c>sqlite3_file</c>, which
/// begins with the address of this; what is only copied is an address.
/// </summary>
/// <seealso href="https://www.sqlite.org/c3ref/io_methods.html"/>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct FileMethods
{
    /// <summary>The first version that has <see cref="ShmMap"/> and the three after it.</summary>
    internal const int FirstVersionWithShm = 2;

    internal int Version;
    internal delegate* unmanaged[Cdecl]<nint, int> Close;
    internal delegate* unmanaged[Cdecl]<nint, byte*, int, long, int> Read;
    internal delegate* unmanaged[Cdecl]<nint, byte*, int, long, int> Write;
    internal delegate* unmanaged[Cdecl]<nint, long, int> Truncate;
    internal delegate* unmanaged[Cdecl]<nint, int, int> Sync;
    internal delegate* unmanaged[Cdecl]<nint, long*, int> FileSize;
    internal delegate* unmanaged[Cdecl]<nint, int, int> Lock;
    internal delegate* unmanaged[Cdecl]<nint, int, int> Unlock;
    internal delegate* unmanaged[Cdecl]<nint, int*, int> CheckReservedLock;
    internal delegate* unmanaged[Cdecl]<nint, int, void*, int> FileControl;
    internal delegate* unmanaged[Cdecl]<nint, int> SectorSize;
    internal delegate* unmanaged[Cdecl]<nint, int> DeviceCharacteristics;
    internal delegate* unmanaged[Cdecl]<nint, int, int, int, void**, int> ShmMap;
    internal nint ShmLock;
    internal nint ShmBarrier;
    internal nint ShmUnmap;
    internal nint Fetch;
    internal nint Unfetch;

    /// <summary>How many bytes a table of that version has; the fields behind them are not there.</summary>
    internal static int BytesOf(int version) => sizeof(FileMethods) - (sizeof(nint) * version switch { 1 => 6, 2 => 2, _ => 0 });
}
