using System.Diagnostics;
using System.Runtime.InteropServices;

namespace WalProvider.Tool;

/// <summary>Starts this tool again, as another process.</summary>
internal static class ToolProcess
{
    /// <summary>What starts the tool with arguments, its output going to this process.</summary>
    public static ProcessStartInfo StartInfo(IEnumerable<string> arguments)
    {
        var dll = typeof(ToolProcess).Assembly.Location;
        var start = dll.Length == 0
            // Published as one file: that file is the tool.
            ? new ProcessStartInfo(Environment.ProcessPath!, arguments)
            : new ProcessStartInfo(Host(), [dll, .. arguments]);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        return start;
    }

    /// <summary>
    /// The dotnet that this runs on, which need not be the one on the PATH. A test host or the tool's own launcher runs in
    /// another executable; the runtime in use then lies three folders below its dotnet.
    /// </summary>
    private static string Host()
    {
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            return Environment.ProcessPath!;
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(host) ? host : "dotnet";
    }
}
