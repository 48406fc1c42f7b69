using System.Runtime.InteropServices;

namespace WalProvider;

/// <summary>The engine's <c>sqlite3_file</c> of <see cref="SinkVfs"/>, in memory of the engine.</summary>
/// <seealso href="https://www.sqlite.org/c3ref/file.html"/>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SinkFile
{
    /// <summary>What the engine calls.</summary>
    internal SinkFileMethods* Methods;

    /// <summary>The handle of a <see cref="PageSink"/>; 0 for none. Its owner frees it.</summary>
    internal nint Sink;
}
