using System.Globalization;

namespace WalProvider.Worker;

/// <summary>What a reading process saw beside a writer.</summary>
/// <param name="Reads">How often it read.</param>
/// <param name="Behind">How often it missed a commit that had been announced before the read.</param>
/// <param name="Backward">How often it saw less than the time before.</param>
/// <param name="Torn">How often it saw one half of a commit.</param>
/// <param name="Errors">How often a read failed.</param>
/// <param name="FirstError">The first of their messages; empty where there is none.</param>
internal sealed record WatchResult(long Reads, long Behind, long Backward, long Torn, long Errors, string FirstError)
{
    public bool IsGood => Behind + Backward + Torn + Errors == 0;

    public static WatchResult Parse(string line)
    {
        var parts = line.Split('|');
        var numbers = parts.Take(5).Select(part => long.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return new WatchResult(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], parts[5]);
    }

    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{Reads}|{Behind}|{Backward}|{Torn}|{Errors}|{FirstError.ReplaceLineEndings(" ")}");
}
