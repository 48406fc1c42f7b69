using System.Collections.ObjectModel;

namespace WalProvider.Tests.Backups;

/// <summary>Keeps what is reported, and acts on it on the reporting thread.</summary>
internal sealed class ProgressList(Action<BackupProgress>? act = null) : Collection<BackupProgress>, IProgress<BackupProgress>
{
    public void Report(BackupProgress value)
    {
        Add(value);
        act?.Invoke(value);
    }
}
