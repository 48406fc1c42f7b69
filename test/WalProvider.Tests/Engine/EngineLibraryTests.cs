using System.Runtime.InteropServices;
using NUnit.Framework;
using Shouldly;
using SQLitePCL;

namespace WalProvider.Tests;

[TestFixture]
public sealed class EngineLibraryTests
{
    [Test]
    public void Handle_is_that_of_the_engine_which_SQLitePCLRaw_has_loaded()
    {
        EngineLibrary.Handle.ShouldNotBe(0);
        NativeLibrary.TryGetExport(EngineLibrary.Handle, "sqlite3_libversion", out var export).ShouldBeTrue();
        Version(export).ShouldBe(raw.sqlite3_libversion().utf8_to_string());
    }

    [Test]
    public void Exports_are_reached() => EngineExports.AreReached.ShouldBeTrue();

    private static unsafe string? Version(nint export) => Marshal.PtrToStringUTF8(((delegate* unmanaged[Cdecl]<nint>)export)());
}
