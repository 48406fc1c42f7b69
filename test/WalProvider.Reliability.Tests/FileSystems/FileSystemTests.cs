using NUnit.Framework;
using Shouldly;
using WalProvider.Worker;

namespace WalProvider.Tests;

[Row(20, "the type of the file system as the kernel gives it, faked",
    "network file systems refused with the way out, FUSE warned of once, local ones accepted; nothing in the way where there is no WAL or it is allowed")]
[Platform("Linux")]
public class FileSystemTests
{
    private const string Refused = "refused";
    private const string Warned = "warned";
    private const string Accepted = "accepted";

    private static readonly (string Name, uint Type, string Keywords, string Verdict)[] Rows =
    [
        ("NFS", 0x6969, "", Refused),
        ("SMB", 0x517B, "", Refused),
        ("CIFS", 0xFF534D42, "", Refused),
        ("SMB2", 0xFE534D42, "", Refused),
        ("9p", 0x01021997, "", Refused),
        ("AFS", 0x5346414F, "", Refused),
        ("Coda", 0x73757245, "", Refused),
        ("Ceph", 0x00C36400, "", Refused),
        ("NFS", 0x6969, "Profile=Durable", Refused),
        ("NFS", 0x6969, "Profile=Hardened", Refused),
        ("NFS", 0x6969, "Profile=None;Journal Mode=WAL", Refused),
        ("NFS", 0x6969, "Mode=ReadWrite", Refused),
        ("NFS", 0x6969, "Mode=ReadOnly", Accepted),
        ("NFS", 0x6969, "Journal Mode=DELETE", Accepted),
        ("NFS", 0x6969, "Profile=None", Accepted),
        ("NFS", 0x6969, "Allow Network File System=True", Accepted),
        ("FUSE", 0x65735546, "", Warned),
        ("FUSE", 0x65735546, "Journal Mode=DELETE", Accepted),
        ("FUSE", 0x65735546, "Allow Network File System=True", Accepted),
        ("ext4", 0xEF53, "", Accepted),
        ("xfs", 0x58465342, "", Accepted),
        ("btrfs", 0x9123683E, "", Accepted),
        ("zfs", 0x2FC12FC1, "", Accepted),
        ("overlay", 0x794C7630, "", Accepted),
        ("tmpfs", 0x01021994, "", Accepted),
        ("one that nobody knows", 0, "", Accepted),
    ];

    [Test]
    public void File_system_is_judged_by_its_type()
    {
        using var folder = new TempFolder();
        using var worker = WorkerProcess.Start("open-on-file-system", folder.File(), ShimLibrary.Statfs);
        worker.ReadLine().ShouldBe("ready");

        foreach (var (name, type, keywords, verdict) in Rows)
        {
            if (keywords == "Mode=ReadOnly")
                File.WriteAllBytes(folder.File(), []);
            worker.Send($"{type:X} {keywords}");
            Judge(worker.ReadLine()!, folder.File(), name).ShouldBe(verdict, $"{name} {keywords}");

            // A database that exists already would be there afterwards anyway.
            File.Exists(folder.File()).ShouldBe(verdict != Refused, $"{name} {keywords}");
            foreach (var file in Directory.GetFiles(folder.Path))
                File.Delete(file);
        }

        int Count(string verdict) => Rows.Count(row => row.Verdict == verdict);
        Report.Figures($"{Count(Refused)} refused, {Count(Warned)} warned of, {Count(Accepted)} accepted, all as they should be");
    }

    private static string Judge(string line, string path, string name)
    {
        var parts = line.Split(' ', 4);
        var outcome = OpenOutcome.Parse(line);
        string[] warnings = [.. parts[3].Split('|').Where(warning => warning.Contains("the file is on", StringComparison.Ordinal))];
        if (outcome.Code != 0)
        {
            string[] facts = [$"Data Source '{path}'", $"is on {name}", "Journal Mode", "Allow Network File System"];
            return outcome.Code == 14 && facts.All(outcome.Message.Contains) ? Refused : outcome.Message;
        }

        return warnings switch
        {
            [] => Accepted,
            [var only] when only.Contains(path, StringComparison.Ordinal) && only.Contains($"on {name}", StringComparison.Ordinal) => Warned,
            _ => string.Join('|', warnings),
        };
    }
}
