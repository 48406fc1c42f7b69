using System.Runtime.InteropServices;
using SQLitePCL;

namespace WalProvider;

/// <summary>The engine's <c>sqlite3_vfs</c>, version 3; what is only copied is an address.</summary>
/// <seealso href="https://www.sqlite.org/c3ref/vfs.html"/>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct VfsTable
{
    internal int Version;
    internal int FileBytes;
    internal int LongestPath;
    internal VfsTable* Next;
    internal nint Name;
    internal nint Data;
    internal delegate* unmanaged[Cdecl]<VfsTable*, byte*, nint, int, int*, int> Open;
    internal delegate* unmanaged[Cdecl]<VfsTable*, byte*, int, int> Delete;
    internal delegate* unmanaged[Cdecl]<VfsTable*, byte*, int, int*, int> Access;
    internal delegate* unmanaged[Cdecl]<VfsTable*, byte*, int, byte*, int> FullPathname;
    internal nint LibraryOpen;
    internal nint LibraryError;
    internal nint LibrarySymbol;
    internal nint LibraryClose;
    internal nint Randomness;
    internal delegate* unmanaged[Cdecl]<VfsTable*, int, int> Sleep;
    internal nint CurrentTime;
    internal nint LastError;
    internal nint CurrentTimeInt64;
    internal nint SetSystemCall;
    internal nint GetSystemCall;
    internal nint NextSystemCall;

    /// <summary>The engine's own layer, which it opens files through where nothing else is asked for; null where it cannot be had.</summary>
    internal static VfsTable* FindDefault()
        => EngineLibrary.Handle != 0 && NativeLibrary.TryGetExport(EngineLibrary.Handle, "sqlite3_vfs_find", out var find)
            ? ((delegate* unmanaged[Cdecl]<byte*, VfsTable*>)find)(null)
            : null;

    /// <summary>A copy of a layer under another name, which <see cref="TryRegister"/> makes known.</summary>
    // NB: never freed, since the engine keeps it for the life of the process.
    internal static VfsTable* Copy(VfsTable* layer, string name)
    {
        var copy = (VfsTable*)NativeMemory.AllocZeroed((nuint)sizeof(VfsTable));
        // Of an older version the fields at the end are not there.
        var bytes = sizeof(VfsTable) - (sizeof(nint) * layer->Version switch { 1 => 4, 2 => 3, _ => 0 });
        Buffer.MemoryCopy(layer, copy, sizeof(VfsTable), bytes);
        copy->Next = null;
        copy->Name = Marshal.StringToCoTaskMemUTF8(name);
        return copy;
    }

    /// <summary>Makes a layer known to the engine by its name, and not the default; false where that is refused.</summary>
    internal static bool TryRegister(VfsTable* layer)
        => NativeLibrary.TryGetExport(EngineLibrary.Handle, "sqlite3_vfs_register", out var register)
            && ((delegate* unmanaged[Cdecl]<VfsTable*, int, int>)register)(layer, 0) == raw.SQLITE_OK;
}
