namespace WalProvider;

/// <summary>Where files go that have no destination to be made beside.</summary>
internal static class TemporaryFolder
{
    /// <summary>The folder that was asked for, or the system's.</summary>
    /// <exception cref="DirectoryNotFoundException">It does not exist.</exception>
    internal static string Resolve(string? wanted)
    {
        var folder = Path.GetFullPath(wanted ?? Path.GetTempPath());
        return Directory.Exists(folder)
            ? folder
            : throw new DirectoryNotFoundException($"The temporary folder '{folder}' does not exist. Create it, or correct TemporaryFolder.");
    }
}
