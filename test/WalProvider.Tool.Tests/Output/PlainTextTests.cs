using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tool.Tests;

public class PlainTextTests
{
    [TestCase("plain Ünï 数 🙂\tand\r\nlines", "plain Ünï 数 🙂\tand\r\nlines")]
    [TestCase("\u001b[2J", "\uFFFD[2J")]
    [TestCase("a\u0007b\u009bc\0", "a\uFFFDb\uFFFDc\uFFFD")]
    [TestCase("gnp.\u202Ebd", "gnp.\uFFFDbd")]
    public void Clean_replaces_what_steers_a_terminal(string text, string cleaned) => PlainText.Clean(text).ShouldBe(cleaned);

    [Test]
    public void Console_cleans_what_it_says_and_draws([Values] bool isWatched)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var console = new ToolConsole(output, error, isWatched: false, isOutputWatched: isWatched);
        console.Say("said \u0007");
        console.Error.WriteLine("wrong \u0007");
        console.Draw(new Spectre.Console.Text("drawn \u0007"));

        (output.ToString() + error).ShouldNotContain('\u0007'.ToString());
        foreach (var text in new[] { "said", "drawn" })
            output.ToString().ShouldContain(text);
        error.ToString().ShouldContain("wrong \uFFFD");
    }
}
