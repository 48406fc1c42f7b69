using System.Text.Json;

namespace WalProvider.Benchmarks;

/// <summary>The floors of floors.json, by the key of their figure.</summary>
internal sealed class Floors(IReadOnlyDictionary<string, Floor> byKey)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Reads the file that lies beside the program.</summary>
    public static Floors Read()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "floors.json"));
        return new Floors(JsonSerializer.Deserialize<Dictionary<string, Floor>>(file, Json)!);
    }

    /// <summary>The floor of a figure; null where none is set.</summary>
    public Floor? Of(Figure figure) => byKey.GetValueOrDefault(figure.Key);

    /// <summary>The floors that some of these rows should have had a figure for and have not.</summary>
    public IEnumerable<string> Unmatched(IReadOnlyList<RowResult> results)
    {
        var known = results.SelectMany(result => result.Figures()).Select(figure => figure.Key).ToHashSet();
        var rows = results.Select(result => result.Row.Name).ToHashSet();
        return byKey.Keys.Where(key => rows.Contains(key.Split('/')[0]) && !known.Contains(key));
    }
}
