using System.Text.Json;

namespace WalProvider.Benchmarks;

/// <summary>The results as JSON: where they were measured, every measure, every figure.</summary>
internal static class ResultJson
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void Write(string path, IReadOnlyList<RowResult> results)
    {
        var document = new
        {
            Machine = Machine.Describe(),
            Rows = results.Select(result => new
            {
                result.Row.Name,
                result.Row.Work,
                result.Row.Unit,
                Sides = result.Row.Sides.Select((side, index) => new
                {
                    side.Name,
                    side.Label,
                    Rounds = result.Measures[index].Select(Plain),
                }),
                Figures = result.Figures().Select(figure => new { figure.Key, figure.Spread.Median, figure.Spread.Least, figure.Spread.Most }),
            }),
        };
        File.WriteAllText(path, JsonSerializer.Serialize(document, Json) + "\n");
    }

    private static object Plain(Measure measure) => new
    {
        measure.Operations,
        Milliseconds = measure.Elapsed.TotalMilliseconds,
        measure.AllocatedBytes,
        LongestWaitMilliseconds = measure.LongestWait?.TotalMilliseconds,
        measure.PoorestShare,
        measure.LockErrors,
    };
}
