using System.Runtime.InteropServices;

namespace WalProvider;

/// <summary>The engine's <c>sqlite3_vfs</c>, version 2; what is only copied is an address.</summary>
/// <seealso href="https://www.sqlite.org/c3ref/vfs.html"/>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SinkVfsTable
{
    internal int Version;
    internal int FileBytes;
    internal int LongestPath;
    internal nint Next;
    internal nint Name;
    internal nint Data;
    internal delegate* unmanaged[Cdecl]<nint, byte*, SinkFile*, int, int*, int> Open;
    internal delegate* unmanaged[Cdecl]<nint, byte*, int, int> Delete;
    internal delegate* unmanaged[Cdecl]<nint, byte*, int, int*, int> Access;
    internal delegate* unmanaged[Cdecl]<nint, byte*, int, byte*, int> FullPathname;
    internal nint LibraryOpen;
    internal nint LibraryError;
    internal nint LibrarySymbol;
    internal nint LibraryClose;
    internal nint Randomness;
    internal nint Sleep;
    internal nint CurrentTime;
    internal nint LastError;
    internal nint CurrentTimeInt64;
}
