namespace WalProvider.Tool;

/// <summary>What the tool's exit code says; docs/tool.md and the help list the same.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int CheckFailed = 1;
    public const int WrongUsage = 2;
    public const int BadInput = 3;
    public const int DatabaseError = 4;

    /// <summary>What shells report for a process that SIGINT ended.</summary>
    public const int Interrupted = 130;

    public const string Help =
        """
        Exit codes: 0 done; 1 a check failed; 2 wrong usage; 3 bad input (a file that is missing, unreadable or has bad
        lines); 4 the database reported an error; 130 interrupted.
        """;
}
