namespace WalProvider.Tool;

/// <summary>An end of the tool that the user can act on: a message without a stack, and an exit code.</summary>
internal class ToolException(int exitCode, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>One of <see cref="Tool.ExitCode"/>.</summary>
    public int ExitCode { get; } = exitCode;
}
