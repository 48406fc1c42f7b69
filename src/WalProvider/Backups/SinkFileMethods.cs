using System.Runtime.InteropServices;

namespace WalProvider;

/// <summary>The engine's <c>sqlite3_io_methods</c>, version 1.</summary>
/// <seealso href="https://www.sqlite.org/c3ref/io_methods.html"/>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SinkFileMethods
{
    internal int Version;
    internal delegate* unmanaged[Cdecl]<SinkFile*, int> Close;
    internal delegate* unmanaged[Cdecl]<SinkFile*, byte*, int, long, int> Read;
    internal delegate* unmanaged[Cdecl]<SinkFile*, byte*, int, long, int> Write;
    internal delegate* unmanaged[Cdecl]<SinkFile*, long, int> Truncate;
    internal delegate* unmanaged[Cdecl]<SinkFile*, int, int> Sync;
    internal delegate* unmanaged[Cdecl]<SinkFile*, long*, int> FileSize;
    internal delegate* unmanaged[Cdecl]<SinkFile*, int, int> Lock;
    internal delegate* unmanaged[Cdecl]<SinkFile*, int, int> Unlock;
    internal delegate* unmanaged[Cdecl]<SinkFile*, int*, int> CheckReservedLock;
    internal delegate* unmanaged[Cdecl]<SinkFile*, int, void*, int> FileControl;
    internal delegate* unmanaged[Cdecl]<SinkFile*, int> SectorSize;
    internal delegate* unmanaged[Cdecl]<SinkFile*, int> DeviceCharacteristics;
}
