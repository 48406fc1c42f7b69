using System.Security.Cryptography;
using System.Text;

namespace WalProvider;

/// <summary>
/// The checksum beside a backup, <c>NAME.sha256</c>, in the form that <c>sha256sum -c</c> reads: so anybody can verify a
/// backup with what every system has, and a plain backup stays a plain database.
/// </summary>
/// <remarks>
/// Backup and checksum are two files and cannot be renamed as one. In between, the checksum file holds two lines, of the
/// new backup and of the old: whatever the moment of a crash, what is there is vouched for.
/// </remarks>
internal static class ChecksumFile
{
    private const int HexLength = 64;
    private const string EscapedMark = "\\";

    /// <summary>The name of the checksum file of a backup.</summary>
    internal static string PathFor(string path) => path + ".sha256";

    /// <summary>The checksums that the file beside a backup gives for it; empty where there is none.</summary>
    internal static IReadOnlyList<string> Read(string path)
    {
        var file = PathFor(path);
        if (!File.Exists(file))
        {
            return [];
        }

        return [.. Parse(File.ReadLines(file), Path.GetFileName(path))];
    }

    /// <summary>The checksums that the lines of a checksum file give for a name.</summary>
    internal static IEnumerable<string> Parse(IEnumerable<string> lines, string name)
    {
        // Lines of others may have a backslash as it is.
        string[] endings = [$"  {name}", $"  {Escape(name)}"];
        return lines
            .Select(line => line.StartsWith(EscapedMark, StringComparison.Ordinal) ? line[1..] : line)
            .Where(line => line.Length > HexLength && endings.Contains(line[HexLength..]))
            .Select(line => line[..HexLength].ToLowerInvariant());
    }

    /// <summary>The line of a checksum file.</summary>
    /// <remarks>A name that would break the line is escaped, as sha256sum does it; the line says so at its beginning.</remarks>
    internal static string Format(string checksum, string name)
        => Escape(name) is var escaped && escaped == name ? $"{checksum}  {name}\n" : $"{EscapedMark}{checksum}  {escaped}\n";

    /// <summary>Writes the file, durably and at once.</summary>
    internal static void Write(string path, IEnumerable<string> checksums, UnixFileMode? mode)
    {
        var file = PathFor(path);
        using var pending = PendingFile.Create(file);
        File.WriteAllText(pending.Path, string.Concat(checksums.Select(hex => Format(hex, Path.GetFileName(path)))), new UTF8Encoding(false));
        pending.Publish(mode, overwrite: true);
    }

    private static string Escape(string name)
        => name.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("\r", "\\r", StringComparison.Ordinal);

    /// <summary>SHA-256 of a file that SQLite does not have open.</summary>
    internal static string Compute(string path, CancellationToken cancellationToken)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 18];
        long offset = 0;
        int count;
        while ((count = RandomAccess.Read(handle, buffer, offset)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, count);
            offset += count;
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
