using System.CommandLine;

namespace WalProvider.Tool;

/// <summary>The option that every command has: one JSON object on standard output, and nothing else there.</summary>
internal static class JsonOption
{
    public const string Name = "--json";

    public static Option<bool> Create() => new(Name) { Description = "Print one JSON object instead of text." };
}
