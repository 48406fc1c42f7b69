using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>The error for a keyword that nobody knows: the wrapped provider's own words, and the nearest keyword.</summary>
internal static class UnknownKeyword
{
    // Further off than this, a suggestion is noise.
    private const int FarthestSuggestion = 3;

    public static ArgumentException Error(string keyword)
    {
        var nearest = WalOptions.All
            .Select(option => (option.Name, Distance: option.Spellings.Min(spelling => Distance(spelling, keyword))))
            .MinBy(candidate => candidate.Distance);
        return new ArgumentException(nearest.Distance <= Math.Min(FarthestSuggestion, keyword.Length / 2)
            ? $"{WrappedProviderText(keyword)} Did you mean '{nearest.Name}'?"
            : WrappedProviderText(keyword));
    }

    private static string WrappedProviderText(string keyword)
    {
        try
        {
            return $"Connection string keyword '{keyword}' is set to '{new SqliteConnectionStringBuilder()[keyword]}'.";
        }
        catch (ArgumentException error)
        {
            return error.Message;
        }
    }

    /// <summary>Levenshtein's distance, case aside.</summary>
    private static int Distance(string left, string right)
    {
        var above = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var row = 1; row <= left.Length; row++)
        {
            var current = new int[right.Length + 1];
            current[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var isSame = char.ToUpperInvariant(left[row - 1]) == char.ToUpperInvariant(right[column - 1]);
                current[column] = Math.Min(
                    Math.Min(above[column], current[column - 1]) + 1,
                    above[column - 1] + (isSame ? 0 : 1));
            }

            above = current;
        }

        return above[^1];
    }
}
