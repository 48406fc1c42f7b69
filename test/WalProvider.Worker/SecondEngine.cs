using System.Runtime.InteropServices;
using SQLitePCL;

namespace WalProvider.Worker;

/// <summary>The system's own SQLite in the place of the one that comes with the packages.</summary>
internal static class SecondEngine
{
    private const string Library = "libsqlite3.so.0";

    /// <summary>Puts it in place; before anything of SQLite is used.</summary>
    public static void Use()
        => NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, (_, _, _) => NativeLibrary.Load(Library));

    /// <summary>Whether it has a file system layer of that name.</summary>
    public static bool HasVfs(string name) => FindVfs(name) != 0;

    [DllImport(Library, EntryPoint = "sqlite3_vfs_find", CallingConvention = CallingConvention.Cdecl)]
    private static extern nint FindVfs([MarshalAs(UnmanagedType.LPUTF8Str)] string name);
}
