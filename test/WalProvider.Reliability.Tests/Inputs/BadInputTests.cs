using NUnit.Framework;
using Shouldly;
using WalProvider.Worker;

namespace WalProvider.Tests;

[Row(17, "what cannot be opened: paths, files, rights, URIs, keywords, contradictions; each by Open and OpenAsync",
    "one documented error at Open that names the path or the keyword and the next step; nothing is made or changed")]
[Platform("Linux")]
public class BadInputTests
{
    private static readonly string[] ConnectionStringErrors = [nameof(ArgumentException), nameof(InvalidOperationException)];

    [Test]
    public async Task File_that_cannot_be_opened_is_refused() => await Refuse("files", BadFiles.All, OpenHere);

    [Test]
    public async Task Keyword_that_means_nothing_is_refused() => await Refuse("keywords", BadKeywords.All, OpenHere);

    [Test]
    public async Task User_without_rights_is_refused()
    {
        using var site = new InputSite();
        using var worker = WorkerProcess.Start("open-as-nobody", site.Database());
        if (worker.ReadLine() != "ready")
            Assert.Ignore("This process is root and may not become another user.");

        await Refuse("without rights", BadRights.All, connectionString =>
        {
            worker.Send(connectionString);
            return Task.FromResult<OpenOutcome[]>([OpenOutcome.Parse(worker.ReadLine()!), OpenOutcome.Parse(worker.ReadLine()!)]);
        });
    }

    [Test]
    public void Every_keyword_that_has_a_range_is_in_the_table()
    {
        string[] takeAnyText = ["Data Source", "Password", "Pragmas", "Application Name"];
        var tried = BadKeywords.All.Select(input => input.Name.Split('=')[0]).ToHashSet();
        new WalDbConnectionStringBuilder().Keys.Cast<string>().Except(takeAnyText).Where(keyword => !tried.Contains(keyword)).ShouldBeEmpty();
    }

    [TestCase("a database")]
    [TestCase("a new file")]
    [TestCase("no bytes")]
    [TestCase("one byte, which the engine takes for none")]
    [TestCase("a file that may only be read")]
    [TestCase("a link to a new file")]
    [TestCase("garbage as -wal")]
    public async Task Canary_what_is_right_opens(string what)
    {
        using var site = new InputSite();
        var path = what switch
        {
            "a database" => site.Database(),
            "no bytes" => site.Write("a.db", []),
            "one byte, which the engine takes for none" => site.Write("a.db", [1]),
            "a file that may only be read" => site.Allow(site.Database(), "r"),
            "a link to a new file" => site.Link("a.db", "b.db"),
            "garbage as -wal" => Path.ChangeExtension(site.Write(Path.GetFileName(site.Database(isWal: true)) + "-wal", "garbage"), "db"),
            _ => site.At("a.db"),
        };

        foreach (var outcome in await OpenHere(new WalDbConnectionStringBuilder { DataSource = path }.ConnectionString))
            outcome.ShouldBe(new OpenOutcome("", 0, ""));
    }

    private static async Task Refuse(string what, BadInput[] inputs, Func<string, Task<OpenOutcome[]>> open)
    {
        var wrong = new List<string>();
        var refused = 0;
        foreach (var input in inputs)
        {
            var wrongBefore = wrong.Count;
            using var site = new InputSite();
            var connectionString = input.Arrange(site);
            var before = site.Describe();
            foreach (var outcome in await open(connectionString))
                wrong.AddRange(Judge(input, site, connectionString, outcome).Select(fault => $"{input}: {fault}. {outcome.Error} {outcome.Message}"));
            var after = site.Describe();
            if (after != before)
                wrong.Add($"{input}: files changed from\n{before}\nto\n{after}");
            refused += wrong.Count == wrongBefore ? 1 : 0;
        }

        Report.Figures($"{what}: {refused} of {inputs.Length} refused");
        wrong.ShouldBeEmpty();
    }

    private static IEnumerable<string> Judge(BadInput input, InputSite site, string connectionString, OpenOutcome outcome)
    {
        if (outcome.Code != input.Code)
            yield return $"code {input.Code} expected";
        if (!outcome.Message.Contains(input.Says, StringComparison.Ordinal))
            yield return $"'{input.Says}' is missing";
        if (input.Code == 0 && !ConnectionStringErrors.Contains(outcome.Error))
            yield return "an ArgumentException expected";
        if (input.Code == 0)
            yield break;
        if (!outcome.Message.StartsWith($"SQLite Error {input.Code}: '", StringComparison.Ordinal))
            yield return "the engine's own sentence expected first";
        var path = new WalDbConnectionStringBuilder(connectionString).DataSource;
        if (!outcome.Message.Contains($"Data Source '{path}': ", StringComparison.Ordinal))
            yield return $"the Data Source expected, and what is wrong with it ({site.Folder})";
    }

    private static async Task<OpenOutcome[]> OpenHere(string connectionString)
        =>
        [
            await Patience.OnThread(() => OpenOutcome.Of(connectionString, async: false).GetAwaiter().GetResult()).Within(),
            await OpenOutcome.Of(connectionString, async: true).Within(),
        ];
}
