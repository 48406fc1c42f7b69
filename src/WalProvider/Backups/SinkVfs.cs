using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace WalProvider;

/// <summary>
/// A file system layer whose files are nowhere: what the engine writes into one goes to a <see cref="PageSink"/>.
/// </summary>
/// <remarks>
/// <para>It is not the default and is asked for by name. A file that was opened by anybody else has no sink: writing to it
/// fails, and nothing in its name could reach one.</para>
/// <para>It reaches no disk, so locks, flushes and journals are nothing here. Time and randomness are those of the engine's
/// own layer.</para>
/// </remarks>
/// <seealso href="https://www.sqlite.org/c3ref/vfs.html"/>
/// <seealso href="https://www.sqlite.org/c3ref/io_methods.html"/>
internal static unsafe class SinkVfs
{
    private const string VfsName = "walprovider-sink";
    private const int Version = 2;
    private const int OpenMainDatabase = 0x100;
    private const int PowersafeOverwrite = 0x1000;

    // NB: one that is larger than a page makes the engine write the neighbours of each page as well.
    private const int SectorBytes = 512;

    private static readonly Lazy<string?> Registered = new(Register);
    private static readonly FileMethods* Methods = MakeMethods();

    /// <summary>The name to open files with; null where the engine's exports are not reached.</summary>
    internal static string? Name => Registered.Value;

    /// <summary>Lets what is written to a database of this layer go to a sink; null for none.</summary>
    /// <returns>Whether the database is of this layer.</returns>
    internal static bool Attach(sqlite3 db, GCHandle sink)
    {
        var file = (SinkFile*)EngineExports.MainFile(db);
        if (file == null || file->Methods != (nint)Methods)
        {
            return false;
        }

        file->Sink = GCHandle.ToIntPtr(sink);
        return true;
    }

    private static string? Register()
    {
        var own = VfsTable.FindDefault();
        if (own == null || own->Version < Version)
        {
            return null;
        }

        var layer = VfsTable.Copy(own, VfsName);
        layer->Version = Version;
        layer->FileBytes = sizeof(SinkFile);
        layer->Open = &Open;
        layer->Delete = &Delete;
        layer->Access = &Access;
        layer->FullPathname = &FullPathname;
        return VfsTable.TryRegister(layer) ? VfsName : null;
    }

    private static FileMethods* MakeMethods()
    {
        var methods = (FileMethods*)NativeMemory.Alloc((nuint)sizeof(FileMethods));
        *methods = new FileMethods
        {
            Version = 1,
            Close = &Close,
            Read = &Read,
            Write = &Write,
            Truncate = &Truncate,
            Sync = &Ignore,
            FileSize = &FileSize,
            Lock = &Ignore,
            Unlock = &Ignore,
            CheckReservedLock = &CheckReservedLock,
            FileControl = &FileControl,
            SectorSize = &SectorSize,
            DeviceCharacteristics = &DeviceCharacteristics,
        };
        return methods;
    }

    private static PageSink? SinkOf(nint file)
        => ((SinkFile*)file)->Sink is var sink && sink == 0 ? null : (PageSink?)GCHandle.FromIntPtr(sink).Target;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(VfsTable* vfs, byte* name, nint file, int flags, int* outFlags)
    {
        // A file without methods is not closed by the engine. Journals and temporary files are never wanted here.
        var isWanted = name != null && (flags & OpenMainDatabase) != 0;
        *(SinkFile*)file = new SinkFile { Methods = isWanted ? (nint)Methods : 0 };
        if (outFlags != null)
        {
            *outFlags = flags;
        }

        return isWanted ? raw.SQLITE_OK : raw.SQLITE_CANTOPEN;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Delete(VfsTable* vfs, byte* name, int isDirectorySynced) => raw.SQLITE_OK;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Access(VfsTable* vfs, byte* name, int flags, int* answer)
    {
        *answer = 0;
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FullPathname(VfsTable* vfs, byte* name, int bytes, byte* full)
    {
        var path = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name);
        if (path.Length >= bytes)
        {
            return raw.SQLITE_CANTOPEN;
        }

        path.CopyTo(new Span<byte>(full, bytes));
        full[path.Length] = 0;
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(nint file)
    {
        ((SinkFile*)file)->Sink = 0;
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(nint file, byte* bytes, int count, long offset)
    {
        if (SinkOf(file) is { } sink && !sink.IsBehindEnd(offset))
        {
            sink.Refuse("reads a page again that it has written");
            return raw.SQLITE_IOERR_READ;
        }

        // What the engine expects of a file that has not come so far.
        NativeMemory.Clear(bytes, (nuint)count);
        return raw.SQLITE_IOERR_SHORT_READ;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(nint file, byte* bytes, int count, long offset)
        => SinkOf(file) is { } sink && sink.TryWrite(new ReadOnlySpan<byte>(bytes, count), offset)
            ? raw.SQLITE_OK
            : raw.SQLITE_IOERR_WRITE;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(nint file, long bytes)
    {
        if (SinkOf(file) is { } sink && !sink.IsBehindEnd(bytes))
        {
            sink.Refuse("cuts off what it has written");
            return raw.SQLITE_IOERR_WRITE;
        }

        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FileSize(nint file, long* bytes)
    {
        *bytes = SinkOf(file)?.Length ?? 0;
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Ignore(nint file, int what) => raw.SQLITE_OK;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CheckReservedLock(nint file, int* answer)
    {
        *answer = 0;
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FileControl(nint file, int what, void* argument) => raw.SQLITE_NOTFOUND;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SectorSize(nint file) => SectorBytes;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int DeviceCharacteristics(nint file) => PowersafeOverwrite;
}
