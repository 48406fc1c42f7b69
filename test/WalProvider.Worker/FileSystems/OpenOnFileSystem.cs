using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace WalProvider.Worker;

/// <summary>Opens a database where the kernel says that it is on another file system.</summary>
internal static unsafe class OpenOnFileSystem
{
    /// <summary>
    /// Puts the library in the place of the C library's statfs and prints "ready". Then each line is the type of a file system in hex, and
    /// keywords of a connection string; each answer the <see cref="OpenOutcome"/> of two sessions, and the warnings with | between.
    /// </summary>
    /// <param name="database">The database to open.</param>
    /// <param name="library">test/WalProvider.Reliability.Tests/Shim/statfs.c, compiled.</param>
    public static void Run(string database, string library)
    {
        var handle = NativeLibrary.Load(library);
        var set = (delegate* unmanaged[Cdecl]<uint, void>)NativeLibrary.GetExport(handle, "walstatfs_set");
        NativeLibrary.SetDllImportResolver(typeof(WalDbConnection).Assembly, (name, _, _) => name == "libc" ? handle : 0);
        Console.WriteLine("ready");
        while (Console.ReadLine() is { } line)
        {
            var space = line.IndexOf(' ');
            set(uint.Parse(line[..space], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            Console.WriteLine(Open($"Data Source={database};{line[(space + 1)..]}"));
        }
    }

    private static string Open(string connectionString)
    {
        using var warnings = new WarningList();
        using var source = new WalDbDataSourceBuilder(connectionString).UseLoggerFactory(warnings).Build();
        var outcome = new OpenOutcome("", 0, "");
        try
        {
            using var one = source.OpenConnection();
            using var other = source.OpenConnection();
        }
        catch (SqliteException error)
        {
            outcome = new OpenOutcome(error.GetType().Name, error.SqliteErrorCode, error.Message);
        }

        return $"{outcome} {string.Join("|", warnings.Texts)}";
    }
}
