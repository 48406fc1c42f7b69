using NUnit.Framework;

namespace WalProvider.Tests;

/// <summary>What a row says of itself: how far it is, and in the end its figures.</summary>
/// <remarks>Both go to the file that the soak names, a line each; the figures into the test's own output as well.</remarks>
internal static class Report
{
    /// <summary>The variable that names the file.</summary>
    public const string Variable = "WALPROVIDER_RELIABILITY_REPORT";

    public const string ProgressMark = "progress ";

    public const string FiguresMark = "figures ";

    private static readonly string? Path = Environment.GetEnvironmentVariable(Variable);
    private static readonly Lock Writing = new();

    /// <summary>How many of all are done.</summary>
    public static void Progress(int done, int all) => Append($"{ProgressMark}{done:N0} of {all:N0}");

    /// <summary>One sentence with numbers; those of a fixture's tests are put one after the other.</summary>
    public static void Figures(string text)
    {
        TestContext.Out.WriteLine(text);
        Append(FiguresMark + text);
    }

    private static void Append(string line)
    {
        if (Path is null)
            return;
        lock (Writing)
            File.AppendAllText(Path, line + "\n");
    }
}
