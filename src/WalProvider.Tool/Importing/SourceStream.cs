namespace WalProvider.Tool;

/// <summary>Opens the files that are imported.</summary>
internal static class SourceStream
{
    /// <summary>Opens a file of UTF-8 text.</summary>
    /// <exception cref="ToolException">The file is not there, or is nothing that can be imported.</exception>
    public static FileStream Open(string path)
    {
        if (Directory.Exists(path))
            throw new ToolException(ExitCode.BadInput, $"{path} is a folder.");
        if (!File.Exists(path))
            throw new ToolException(ExitCode.BadInput, $"{path} does not exist.");

        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1, FileOptions.SequentialScan);
        try
        {
            RefuseWhatCannotBeImported(path, stream);
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static void RefuseWhatCannotBeImported(string path, FileStream stream)
    {
        // The file is read twice: once to find types and bad lines, once to load it.
        if (!stream.CanSeek)
            throw new ToolException(ExitCode.BadInput, $"{path} is a pipe; write it to a file first, since it is read twice.");

        Span<byte> start = stackalloc byte[2];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start is [0xFF, 0xFE] or [0xFE, 0xFF])
            throw new ToolException(ExitCode.BadInput, $"{path} is UTF-16, as its first two bytes say; convert it to UTF-8 first.");
        stream.Position = 0;
    }
}
