using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class NewFileGuardTests
{
    [Test]
    public void Undo_removes_the_empty_file_that_opening_made()
    {
        using var folder = new TempFolder();
        var settings = WalSettings.Parse($"Data Source={folder.File()}");
        var guard = NewFileGuard.Begin(settings);
        using (OpenDatabase.Open(settings))
            File.Exists(folder.File()).ShouldBeTrue();

        guard.Undo();

        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Test]
    public void Undo_keeps_a_file_that_was_there()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File(), "");
        NewFileGuard.Begin(WalSettings.Parse($"Data Source={folder.File()}")).Undo();
        File.Exists(folder.File()).ShouldBeTrue();
    }

    [Test]
    public void Undo_keeps_a_file_that_has_content()
    {
        using var folder = new TempFolder();
        var settings = WalSettings.Parse($"Data Source={folder.File()}");
        var guard = NewFileGuard.Begin(settings);
        using (var connection = OpenDatabase.Open(settings))
            connection.Query("CREATE TABLE t(a)");

        guard.Undo();

        File.Exists(folder.File()).ShouldBeTrue();
    }

    [Test]
    public void Undo_removes_what_opening_made_behind_a_link_and_keeps_the_link()
    {
        using var folder = new TempFolder();
        File.CreateSymbolicLink(folder.File("link.db"), folder.File());
        var settings = WalSettings.Parse($"Data Source={folder.File("link.db")}");
        var guard = NewFileGuard.Begin(settings);
        using (OpenDatabase.Open(settings))
            File.Exists(folder.File()).ShouldBeTrue();

        guard.Undo();

        Directory.GetFileSystemEntries(folder.Path).ShouldBe([folder.File("link.db")]);
    }

    [Test]
    public void Undo_does_nothing_when_no_file_was_made()
    {
        using var folder = new TempFolder();
        Should.NotThrow(() => NewFileGuard.Begin(WalSettings.Parse($"Data Source={folder.File()}")).Undo());
        Should.NotThrow(() => NewFileGuard.Begin(WalSettings.Parse("Data Source=:memory:")).Undo());
    }
}
