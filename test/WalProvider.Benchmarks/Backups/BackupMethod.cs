namespace WalProvider.Benchmarks;

/// <summary>One way to get a copy of a database.</summary>
/// <param name="Name">As the table calls it.</param>
/// <param name="WorksUnderWrites">Whether the copy is right while others write.</param>
/// <param name="Copy">Copies from the one path to the other, flushed to the disk.</param>
internal sealed record BackupMethod(string Name, bool WorksUnderWrites, Action<string, string> Copy)
{
    /// <summary>What the others are measured beside.</summary>
    public const string Wrapped = "wrapped provider's BackupDatabase";

    /// <summary>The copying alone.</summary>
    public const string Copying = "Online, copying alone";

    /// <summary>As it is without any options.</summary>
    public const string Default = "Online, with quick_check and SHA-256";
}
