using SQLitePCL;

namespace WalProvider;

/// <summary>A file that the engine has open, through the engine's own object for it: nothing is opened, so no lock is lost.</summary>
/// <param name="file">The <c>sqlite3_file</c>; 0 for none.</param>
/// <seealso href="https://www.sqlite.org/c3ref/io_methods.html"/>
internal readonly unsafe struct EngineFile(nint file)
{
    private static readonly byte[] Zeros = new byte[65536];

    private FileMethods* Methods => file == 0 ? null : *(FileMethods**)file;

    /// <summary>Whether the engine has it open.</summary>
    internal bool IsOpen => Methods != null;

    /// <summary>The file's length in bytes; false where it cannot be had.</summary>
    internal bool TryGetLength(out long bytes)
    {
        bytes = 0;
        var methods = Methods;
        if (methods == null)
        {
            return false;
        }

        fixed (long* length = &bytes)
        {
            return methods->FileSize(file, length) == raw.SQLITE_OK;
        }
    }

    /// <summary>Writes zeros from one place to another; false where the file system refused some of it.</summary>
    internal bool TryWriteZeros(long from, long to)
    {
        var methods = Methods;
        if (methods == null)
        {
            return false;
        }

        fixed (byte* zeros = Zeros)
        {
            // NB: SQLite's unix layer cuts a length to 17 bits, and takes what is left over for a full disk.
            for (var offset = from; offset < to; offset += Zeros.Length)
            {
                if (methods->Write(file, zeros, (int)Math.Min(Zeros.Length, to - offset), offset) != raw.SQLITE_OK)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The first bytes of the memory that the main file's connections share; null where they cannot be had.</summary>
    /// <param name="bytes">How many: those of the first region.</param>
    internal byte* MapShared(int bytes)
    {
        var methods = Methods;
        if (methods == null || methods->Version < FileMethods.FirstVersionWithShm || methods->ShmMap == null)
        {
            return null;
        }

        void* region = null;
        return methods->ShmMap(file, 0, bytes, 0, &region) == raw.SQLITE_OK ? (byte*)region : null;
    }
}
