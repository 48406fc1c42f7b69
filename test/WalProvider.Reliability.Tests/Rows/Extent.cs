namespace WalProvider.Tests;

/// <summary>How much a row does: a part in the ordinary run of all tests, the whole in <c>./build.sh soak</c>.</summary>
internal static class Extent
{
    /// <summary>The variable that says so to the test host.</summary>
    public const string Variable = "WALPROVIDER_RELIABILITY";

    public const string Whole = "whole";

    public static bool IsWhole { get; } = Environment.GetEnvironmentVariable(Variable) == Whole;

    /// <summary>The number of cycles, cuts, states and the like.</summary>
    public static int Of(int fast, int whole) => IsWhole ? whole : fast;
}
