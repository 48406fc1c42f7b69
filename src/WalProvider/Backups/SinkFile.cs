using System.Runtime.InteropServices;

namespace WalProvider;

/// <summary>The engine's <c>sqlite3_file</c> of <see cref="SinkVfs"/>, in memory of the engine.</summary>
/// <seealso href="https://www.sqlite.org/c3ref/file.html"/>
[StructLayout(LayoutKind.Sequential)]
internal struct SinkFile
{
    /// <summary>The address of what the engine calls; 0 where it is not to be called.</summary>
    internal nint Methods;

    /// <summary>The handle of a <see cref="PageSink"/>; 0 for none. Its owner frees it.</summary>
    internal nint Sink;
}
