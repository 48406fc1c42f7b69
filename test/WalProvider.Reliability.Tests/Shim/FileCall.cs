namespace WalProvider.Tests;

/// <summary>A call that the shim has recorded; the numbers are those of faults.c.</summary>
internal enum FileCall : byte
{
    Open = 1,
    Create,
    Close,
    Read,
    Write,
    Sync,
    Truncate,
    Unlink,
    Rename,
    Link,
}
