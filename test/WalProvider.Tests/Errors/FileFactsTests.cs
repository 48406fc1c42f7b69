using System.Diagnostics;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
[Platform("Linux")]
public sealed class FileFactsTests
{
    [Test]
    public void KindOf_tells_what_there_is()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File(), "");
        File.CreateSymbolicLink(folder.File("link"), folder.File());
        File.CreateSymbolicLink(folder.File("nowhere"), folder.File("no"));
        Process.Start("mkfifo", [folder.File("pipe")]).WaitForExit();

        FileFacts.KindOf(folder.File(), isLinkFollowed: true).ShouldBe(FileFacts.File);
        FileFacts.KindOf(folder.Path, isLinkFollowed: true).ShouldBe(FileFacts.Directory);
        FileFacts.KindOf(folder.File("link"), isLinkFollowed: true).ShouldBe(FileFacts.File);
        FileFacts.KindOf(folder.File("link"), isLinkFollowed: false).ShouldBe("a link");
        FileFacts.KindOf(folder.File("nowhere"), isLinkFollowed: true).ShouldBeNull();
        FileFacts.KindOf(folder.File("pipe"), isLinkFollowed: true).ShouldBe("a pipe");
        FileFacts.KindOf("/dev/null", isLinkFollowed: true).ShouldBe("a device");
        FileFacts.KindOf(folder.File("no"), isLinkFollowed: true).ShouldBeNull();
    }

    [Test]
    public void What_is_ours_is_within_reach_and_may_be_read_and_written()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File(), "");
        FileFacts.IsOutOfReach(folder.File()).ShouldBeFalse();
        FileFacts.IsOutOfReach(folder.File("no")).ShouldBeFalse();
        FileFacts.IsReadable(folder.File()).ShouldBeTrue();
        FileFacts.IsWritable(folder.File()).ShouldBeTrue();
    }

    [Test]
    public void What_is_not_there_is_not_forbidden()
    {
        using var folder = new TempFolder();
        FileFacts.IsReadable(folder.File("no")).ShouldBeTrue();
        FileFacts.IsWritable(folder.File("no")).ShouldBeTrue();
    }
}
