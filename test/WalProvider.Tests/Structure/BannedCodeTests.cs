using System.Text.RegularExpressions;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Structure;

public partial class BannedCodeTests
{
    /// <summary>Test code that may sleep, and why.</summary>
    private static readonly (string PathStart, string Reason)[] MaySleep =
    [
        ("test/WalProvider.Worker/", "another process, which has no clock of ours to advance"),
        ("test/WalProvider.Benchmarks/", "measures time"),
    ];

    [Test]
    public void Tests_never_sleep()
    {
        Repository.Sources
            .Where(file => file.Path.StartsWith("test/", StringComparison.Ordinal))
            .Where(file => !MaySleep.Any(row => file.Path.StartsWith(row.PathStart, StringComparison.Ordinal)))
            .SelectMany(file => file.FindInCode(Sleep()))
            .ShouldBeEmpty("advance a clock, or wait for a signal with a limit");
    }

    [Test]
    public void Sources_leave_nothing_for_later()
    {
        Repository.Sources.SelectMany(file => file.FindInText(Later())).ShouldBeEmpty();
    }

    [Test]
    public void Nothing_is_caught_without_a_type_a_filter_or_a_rethrow()
    {
        Repository.Sources.SelectMany(CatchesOfEverything).ShouldBeEmpty();
    }

    [TestCase("try { } catch { }", 1)]
    [TestCase("try { } catch (Exception) { Log(); }", 1)]
    [TestCase("try { } catch (System.Exception e) { if (e is null) { } }", 1)]
    [TestCase("try { } catch (Exception e) when (e is IOException) { }", 0)]
    [TestCase("try { } catch (IOException) { }", 0)]
    [TestCase("try { } catch { Undo(); throw; }", 0)]
    [TestCase("try { } catch (Exception e) { if (x) { y(); } throw new Other(e); }", 0)]
    [TestCase("// catch { }", 0)]
    [TestCase("var text = \"catch { }\";", 0)]
    public void Catch_of_everything_is_found_when_it_swallows(string code, int found)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("Sample.cs"), code);

        CatchesOfEverything(new SourceFile(folder.Path, folder.File("Sample.cs"))).Count().ShouldBe(found);
    }

    // An exception that is handed on (SetException, Fail of a queued unit, ExceptionDispatchInfo.Capture) is not lost either.
    private static IEnumerable<string> CatchesOfEverything(SourceFile file) =>
        file.FindInCode(CatchAll()).Where(found => !HandsOn().IsMatch(found));

    [GeneratedRegex(@"\b(Thread\s*\.\s*Sleep|Task\s*\.\s*Delay|SpinWait)\b")]
    private static partial Regex Sleep();

    // The brackets keep this line from finding itself.
    [GeneratedRegex(@"\b(TOD[O]|FIXM[E]|HAC[K])\b")]
    private static partial Regex Later();

    // A catch of Exception or of nothing named, with no filter, and its block with balanced braces.
    [GeneratedRegex(@"\bcatch\s*(\(\s*(System\.)?Exception(\s+\w+)?\s*\))?\s*\{(?>[^{}]+|(?<open>\{)|(?<-open>\}))*(?(open)(?!))\}")]
    private static partial Regex CatchAll();

    [GeneratedRegex(@"\bthrow\b|\.(Try)?SetException\s*\(|\bFromException\b|\bExceptionDispatchInfo\b|\.Fail\s*\(")]
    private static partial Regex HandsOn();
}
