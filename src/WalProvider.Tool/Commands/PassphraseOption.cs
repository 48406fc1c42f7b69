using System.CommandLine;

namespace WalProvider.Tool;

/// <summary>The option that names a file with a passphrase. Never the passphrase itself: everybody sees the arguments of a process.</summary>
internal static class PassphraseOption
{
    public static Option<string?> Create(string description) => new("--passphrase-file") { Description = description, HelpName = "FILE" };

    /// <summary>The passphrase; null where no file was named.</summary>
    /// <exception cref="ToolException">The file's first line is empty.</exception>
    public static string? Read(string? file)
    {
        if (file is null)
            return null;
        return File.ReadLines(file).FirstOrDefault() is { Length: > 0 } passphrase
            ? passphrase
            : throw new ToolException(ExitCode.BadInput, $"The first line of '{file}' is empty. Put the passphrase there.");
    }
}
