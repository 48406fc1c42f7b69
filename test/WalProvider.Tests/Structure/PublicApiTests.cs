using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Structure;

/// <summary>
/// What a user can see of the library stands in PublicApi.txt, so that a change of it shows in the review of the
/// commit that makes it. <c>WALPROVIDER_UPDATE_API=1 dotnet test</c> writes the file anew.
/// </summary>
public class PublicApiTests
{
    private static readonly string Recorded = Path.Combine(Repository.Tests, "Structure", "PublicApi.txt");

    [Test]
    public void Public_api_is_the_recorded_one()
    {
        var actual = ApiText.Of(LibraryAssembly.Assembly).ToArray();
        if (Environment.GetEnvironmentVariable("WALPROVIDER_UPDATE_API") == "1")
            File.WriteAllLines(Recorded, actual);
        var recorded = File.ReadAllLines(Recorded);

        var changes = Named(recorded).Except(Named(actual)).Select(line => "- " + line)
            .Concat(Named(actual).Except(Named(recorded)).Select(line => "+ " + line));
        string.Join('\n', changes).ShouldBeEmpty("set WALPROVIDER_UPDATE_API=1 and run this test again if that is meant");
    }

    [TestCase(typeof(ApiSample), "public abstract class WalProvider.Tests.Structure.ApiSample : System.IDisposable")]
    [TestCase(typeof(ApiSample), "    protected ApiSample(int first, string? second = \"a\\\"b\")")]
    [TestCase(typeof(ApiSample), "    public const int Limit = 3")]
    [TestCase(typeof(ApiSample), "    public static readonly string[] Names")]
    [TestCase(typeof(ApiSample), "    public int Count { get; protected set; }")]
    [TestCase(typeof(ApiSample), "    public required string Title { get; init; }")]
    [TestCase(typeof(ApiSample), "    public string? this[int index] { get; }")]
    [TestCase(typeof(ApiSample), "    public event System.EventHandler<System.EventArgs>? Changed")]
    [TestCase(typeof(ApiSample), "    public abstract System.Threading.Tasks.Task<string?> FindAsync(System.Collections.Generic.Dictionary<string, int?[]> map, System.Threading.CancellationToken cancellationToken = default)")]
    [TestCase(typeof(ApiSample), "    public override string ToString()")]
    [TestCase(typeof(ApiSample), "    public void Dispose()")]
    [TestCase(typeof(ApiSample), "    public static bool TryGet<T>(in int key, out T? value, System.DayOfWeek day = System.DayOfWeek.Monday, params object?[] rest) where T : class, new()")]
    [TestCase(typeof(ApiSample), "public enum WalProvider.Tests.Structure.ApiSample.Mode : byte")]
    [TestCase(typeof(ApiSample), "    Second = 2")]
    [TestCase(typeof(ApiSample), "public delegate int WalProvider.Tests.Structure.ApiSample.Chooser(string? text)")]
    public void Api_text_has_the_line(Type type, string line)
    {
        ApiText.Of(type).Concat(type.GetNestedTypes().SelectMany(ApiText.Of)).ShouldContain(line);
    }

    [Test]
    public void Api_text_leaves_out_what_a_user_cannot_reach()
    {
        var text = string.Join('\n', ApiText.Of(typeof(ApiSample)));

        text.ShouldNotContain("Hidden");
        text.ShouldNotContain("get_Count");
        text.ShouldNotContain("add_Changed");
    }

    // A member's line says nothing without its type.
    private static IEnumerable<string> Named(IEnumerable<string> lines)
    {
        var type = "";
        foreach (var line in lines)
        {
            if (!line.StartsWith(' '))
                type = line.Split(" : ")[0].Split(' ')[^1];
            yield return line.StartsWith(' ') ? $"{type}: {line.Trim()}" : line;
        }
    }
}
