using System.Runtime.InteropServices;

namespace WalProvider.Worker;

/// <summary>Tells the shim that this process was started behind which calls are to fail.</summary>
internal static unsafe class FaultSwitch
{
    public const int IoError = 5;

    private static readonly nint Library = NativeLibrary.Load(Environment.GetEnvironmentVariable("LD_PRELOAD")!);
    private static readonly delegate* unmanaged[Cdecl]<FaultKinds, long, int, long, void> ArmExport
        = (delegate* unmanaged[Cdecl]<FaultKinds, long, int, long, void>)NativeLibrary.GetExport(Library, "walfault_arm");
    private static readonly delegate* unmanaged[Cdecl]<long> DisarmExport
        = (delegate* unmanaged[Cdecl]<long>)NativeLibrary.GetExport(Library, "walfault_disarm");

    /// <summary>Lets the nth call from now on fail with an I/O error, and so many in all.</summary>
    public static void Arm(FaultKinds kinds, int nth, long times) => ArmExport(kinds, nth, IoError, times);

    /// <summary>Lets all succeed again; returns how many have failed.</summary>
    public static long Disarm() => DisarmExport();
}
