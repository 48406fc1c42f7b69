namespace WalProvider.Tool;

/// <summary>An import that stopped at bad lines, before it wrote anything.</summary>
internal sealed class BadLinesException(string file, ImportPlan plan)
    : ToolException(Tool.ExitCode.BadInput, Describe(file, plan))
{
    private const int MostShown = 10;

    /// <summary>What the scan found.</summary>
    public ImportPlan Plan { get; } = plan;

    /// <summary>The bad lines as compilers spell positions, the first of them only where there are many.</summary>
    public static IEnumerable<string> Lines(string file, ImportPlan plan)
    {
        foreach (var line in plan.BadLines.Take(MostShown))
            yield return $"{file}:{line.Line}: {line.Reason}";
        if (plan.BadCount > MostShown)
            yield return $"and {Quantity.Count(plan.BadCount - MostShown)} more";
    }

    private static string Describe(string file, ImportPlan plan)
        => $"""
            {(plan.BadCount == 1 ? "1 bad line" : $"{Quantity.Count(plan.BadCount)} bad lines")}; nothing was imported. --skip-bad leaves such lines out.
            {string.Join('\n', Lines(file, plan))}
            """;
}
