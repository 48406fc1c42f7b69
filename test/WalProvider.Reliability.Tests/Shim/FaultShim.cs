namespace WalProvider.Tests;

/// <summary>The environment of a process that runs behind the shim; what can be asked of it stands at the top of faults.c.</summary>
internal static class FaultShim
{
    /// <summary>Records each call on files of a folder.</summary>
    public static Dictionary<string, string> Recording(string folder, string trace)
        => new(On(folder)) { ["WALFAULT_TRACE"] = trace };

    /// <summary>Kills the process at the nth change of a file of the folder, counted from 1.</summary>
    public static Dictionary<string, string> Killing(string folder, int change, KillMoment moment)
        => new(On(folder)) { ["WALFAULT_KILL"] = $"{change}:{moment.ToString().ToLowerInvariant()}" };

    /// <summary>Lets the process itself say what is to fail: Faults/IoFaults.cs of the worker.</summary>
    public static Dictionary<string, string> On(string folder)
        => new() { ["LD_PRELOAD"] = ShimLibrary.Faults, ["WALFAULT_FOLDER"] = folder + "/" };
}
