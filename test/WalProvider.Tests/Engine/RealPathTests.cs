using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class RealPathTests
{
    [Test]
    public void Resolve_follows_a_link_to_the_file()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("a.db"), "");
        File.CreateSymbolicLink(folder.File("link.db"), folder.File("a.db"));
        RealPath.Resolve(folder.File("link.db")).ShouldBe(RealPath.Resolve(folder.File("a.db")));
    }

    [Test]
    public void Resolve_follows_a_relative_link_from_where_it_stands()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("in"));
        File.WriteAllText(folder.File("a.db"), "");
        File.CreateSymbolicLink(folder.File("in/link.db"), "../a.db");
        RealPath.Resolve(folder.File("in/link.db")).ShouldBe(RealPath.Resolve(folder.File("a.db")));
    }

    [Test]
    public void Resolve_follows_links_to_folders_and_chains_of_links()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("real/deep"));
        Directory.CreateSymbolicLink(folder.File("one"), folder.File("real"));
        Directory.CreateSymbolicLink(folder.File("two"), folder.File("one"));
        RealPath.Resolve(folder.File("two/deep/a.db")).ShouldBe(RealPath.Resolve(folder.File("real/deep/a.db")));
    }

    [Test]
    public void Resolve_keeps_parts_that_do_not_exist()
    {
        using var folder = new TempFolder();
        RealPath.Resolve(folder.File("none/a.db")).ShouldBe(Path.Combine(RealPath.Resolve(folder.Path), "none", "a.db"));
    }

    [Test]
    public void Resolve_takes_dots_out()
    {
        using var folder = new TempFolder();
        RealPath.Resolve(folder.File("x/../y/./a.db")).ShouldBe(RealPath.Resolve(folder.File("y/a.db")));
    }

    [Test]
    public void Resolve_takes_a_relative_path_from_the_current_folder()
        => RealPath.Resolve("a.db").ShouldBe(Path.Combine(RealPath.Resolve(Environment.CurrentDirectory), "a.db"));

    [Test]
    public void Resolve_comes_to_an_end_when_links_go_in_a_circle()
    {
        using var folder = new TempFolder();
        File.CreateSymbolicLink(folder.File("a"), folder.File("b"));
        File.CreateSymbolicLink(folder.File("b"), folder.File("a"));
        Should.NotThrow(() => RealPath.Resolve(folder.File("a")));
    }
}
