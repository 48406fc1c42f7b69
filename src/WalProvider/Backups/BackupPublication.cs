namespace WalProvider;

/// <summary>Lets a finished backup and its checksum take their names, so that at no moment one contradicts the other.</summary>
internal static class BackupPublication
{
    /// <summary>Publishes both; without a checksum the one of the old backup goes.</summary>
    internal static void Publish(PendingFile pending, string destination, string? checksum, UnixFileMode? mode, bool overwrite)
    {
        var known = ChecksumFile.Read(destination);
        if (checksum is null)
        {
            // It must go first: it would call the new backup damaged.
            File.Delete(ChecksumFile.PathFor(destination));
            pending.Publish(mode, overwrite);
            return;
        }

        if (known.Count > 0)
        {
            ChecksumFile.Write(destination, [checksum, .. known.Where(old => old != checksum)], mode);
        }

        pending.Publish(mode, overwrite);
        ChecksumFile.Write(destination, [checksum], mode);
    }
}
