using NUnit.Framework;
using Shouldly;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace WalProvider.Tool.Tests;

[TestFixture]
public sealed class WatchPictureTests
{
    [Test]
    public void Add_draws_the_length_beside_the_longest_seen()
    {
        var picture = new WatchPicture("app.db");
        picture.Add(Look(1, walBytes: 8_000_000));

        var lines = Render(picture.Add(Look(2, walBytes: 4_000_000)));

        lines.Single(line => line.Contains("10:00:01", StringComparison.Ordinal)).Count(letter => letter == '█').ShouldBe(24);
        lines.Single(line => line.Contains("10:00:02", StringComparison.Ordinal)).Count(letter => letter == '█').ShouldBe(12);
    }

    [Test]
    public void Add_keeps_the_last_looks_when_there_are_many()
    {
        var picture = new WatchPicture("app.db");
        IRenderable drawn = new Text("");
        for (var look = 1; look <= WatchPicture.Looks + 5; look++)
            drawn = picture.Add(Look(look, walBytes: 0));

        var lines = Render(drawn);
        lines.Count(line => line.Contains("10:00:", StringComparison.Ordinal)).ShouldBe(WatchPicture.Looks);
        lines.ShouldNotContain(line => line.Contains("10:00:05", StringComparison.Ordinal));
    }

    [Test]
    public void Add_says_when_a_checkpoint_ran_and_takes_a_path_as_it_is()
    {
        var picture = new WatchPicture("[red]a.db");
        var lines = Render(picture.Add(Look(1, walBytes: 0) with { WasCheckpointed = true }));

        lines.ShouldContain(line => line.Contains("[red]a.db", StringComparison.Ordinal));
        lines.ShouldContain(line => line.Contains("checkpoint", StringComparison.Ordinal));
    }

    private static WalChange Look(int second, long walBytes)
        => new(new DateTimeOffset(2026, 1, 2, 10, 0, second, TimeSpan.Zero), walBytes, 10, 5, 3, WasCheckpointed: false);

    private static string[] Render(IRenderable picture)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 120;
        console.Write(picture);
        return text.ToString().Split('\n');
    }
}
