// Adds up the TRX files of a test run; build.sh and build.cmd share it, run by `dotnet run test/TestSummary.cs`.
//   TestSummary.cs -- FOLDER PROJECT=EXITCODE ...
// Prints the failed tests and then, always last, one line "N passed, N failed[, N skipped]". Ends with 0 only when at
// least one test ran, none failed, and every project's test host ended well and left its results behind.
#:property PublishAot=false
using System.Xml.Linq;

var passed = 0;
var skipped = 0;
var failures = new List<string>();

foreach (var outcome in args.Skip(1))
{
    var separator = outcome.LastIndexOf('=');
    var (project, exitCode) = (outcome[..separator], outcome[(separator + 1)..]);
    var (ran, failedBefore) = (0, failures.Count);

    foreach (var (test, result) in Results(Path.Combine(args[0], project + ".trx")))
    {
        ran++;
        switch (result)
        {
            case "Passed":
                passed++;
                break;
            case "NotExecuted" or "Inconclusive":
                skipped++;
                break;
            default:
                failures.Add($"{test} ({result})");
                break;
        }
    }

    // A host that crashed reports the tests before the crash only, each of which may have passed.
    if (ran == 0)
        failures.Add($"{project}: no test ran, the test host ended with code {exitCode}");
    else if (exitCode != "0" && failures.Count == failedBefore)
        failures.Add($"{project}: the test host ended with code {exitCode} after {ran} tests of which none failed");
}

if (args.Length < 2)
    failures.Add("no test project was found");

Console.WriteLine();
foreach (var failure in failures)
    Console.WriteLine($"FAILED {failure}");
Console.WriteLine($"{passed} passed, {failures.Count} failed" + (skipped > 0 ? $", {skipped} skipped" : ""));
return failures.Count == 0 && passed > 0 ? 0 : 1;

static IEnumerable<(string Test, string Result)> Results(string trx)
{
    if (!File.Exists(trx))
        return [];
    var root = XDocument.Load(trx).Root!;
    var ns = root.Name.Namespace;
    // The result names the test, its definition the class.
    var classes = root.Descendants(ns + "UnitTest").ToDictionary(
        test => test.Attribute("id")!.Value,
        test => test.Element(ns + "TestMethod")?.Attribute("className")?.Value);
    return root.Descendants(ns + "UnitTestResult").Select(result => (
        $"{classes.GetValueOrDefault(result.Attribute("testId")!.Value)}.{result.Attribute("testName")!.Value}",
        result.Attribute("outcome")?.Value ?? "no outcome"));
}
