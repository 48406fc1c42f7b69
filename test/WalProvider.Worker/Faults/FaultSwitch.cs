using System.Runtime.InteropServices;

namespace WalProvider.Worker;

/// <summary>Tells the shim that this process was started behind which calls are to fail.</summary>
internal static unsafe class FaultSwitch
{
    public const int IoError = 5;

    private static readonly nint Library = NativeLibrary.Load(Environment.GetEnvironmentVariable("LD_PRELOAD")!);
    private static readonly delegate* unmanaged[Cdecl]<FaultKinds, long, int, int, void> ArmExport
        = (delegate* unmanaged[Cdecl]<FaultKinds, long, int, int, void>)NativeLibrary.GetExport(Library, "walfault_arm");
    private static readonly delegate* unmanaged[Cdecl]<long> DisarmExport
        = (delegate* unmanaged[Cdecl]<long>)NativeLibrary.GetExport(Library, "walfault_disarm");

    /// <summary>Lets the nth call from now on fail with an I/O error, and all that follow where it is for good.</summary>
    public static void Arm(FaultKinds kinds, int nth, bool isForGood) => ArmExport(kinds, nth, IoError, isForGood ? 1 : 0);

    /// <summary>Lets all succeed again; returns how many have failed.</summary>
    public static long Disarm() => DisarmExport();
}
