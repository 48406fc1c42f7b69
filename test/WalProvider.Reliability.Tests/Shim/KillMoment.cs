namespace WalProvider.Tests;

/// <summary>When in a call that changes a file the process dies.</summary>
internal enum KillMoment
{
    Before,

    /// <summary>With half of the bytes written. Of anything but a write the same as before it.</summary>
    Half,

    After,
}
