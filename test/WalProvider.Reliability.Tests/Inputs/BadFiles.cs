namespace WalProvider.Tests;

/// <summary>Paths, files and URIs that cannot be opened, whoever asks.</summary>
internal static class BadFiles
{
    public static readonly BadInput[] All =
    [
        BadInput.Path("folder missing", 14, "Create it first", site => site.At("no/a.db")),
        BadInput.Path("folder missing, read only", 14, "does not exist", site => site.At("no/a.db"), "Mode=ReadOnly"),
        BadInput.Path("file as folder", 14, "is a file and no folder", site => site.Write("f", "text") + "/a.db"),
        BadInput.Path("folder that is a link in a circle", 14, "leads to no folder", site => site.Link("d", "d") + "/a.db"),
        BadInput.Path("directory", 14, "Name a file in it", site => site.Directory("d")),
        BadInput.Path("root directory", 14, "Name a file in it", _ => "/"),
        BadInput.Path("link to a directory", 14, "Name a file in it", site => site.Link("a.db", site.Directory("d"))),
        BadInput.Path("name that ends in a slash", 14, "does not exist", site => site.At("a.db/")),
        BadInput.Path("file missing, read only", 14, "Correct the path", site => site.At("a.db"), "Mode=ReadOnly"),
        BadInput.Path("file missing, not to be made", 14, "ReadWriteCreate", site => site.At("a.db"), "Mode=ReadWrite"),
        BadInput.Path("dangling link, read only", 14, "it is a link to", site => site.Link("a.db", "b.db"), "Mode=ReadOnly"),
        BadInput.Path("dangling link, not to be made", 14, "does not exist", site => site.Link("a.db", "b.db"), "Mode=ReadWrite"),
        BadInput.Path("link into a missing folder", 14, "Create it first", site => site.Link("a.db", "no/b.db")),
        BadInput.Path("link to itself", 14, "leads in a circle", site => site.Link("a.db", "a.db")),
        BadInput.Path("two links in a circle", 14, "leads in a circle", Circle),
        BadInput.Path("name too long", 14, "length of its name", site => site.At(new string('n', 256))),
        BadInput.Path("name too long for its journal", 14, "length of its name", site => site.At(new string('n', 250))),
        BadInput.Path("path too long for the engine", 14, "length of its name", site => site.Directory($"{new string('d', 250)}/{new string('e', 250)}/f") + "/a.db"),
        BadInput.Path("path too long for the system", 14, "does not exist", site => site.At(string.Concat(Enumerable.Repeat("dddddddd/", 600)) + "a.db")),
        BadInput.Path("pipe", 14, "is a pipe", site => site.Pipe("a.db")),
        BadInput.Path("pipe, read only", 14, "is a pipe", site => site.Pipe("a.db"), "Mode=ReadOnly"),
        BadInput.Path("link to a pipe", 14, "is a pipe", site => site.Link("a.db", site.Pipe("p"))),
        BadInput.Path("device", 14, "is a device", _ => "/dev/null"),
        BadInput.Path("text", 26, "no SQLite database", site => site.Write("a.db", string.Concat(Enumerable.Repeat("a letter\n", 500)))),
        BadInput.Path("short text", 26, "it has 9 bytes", site => site.Write("a.db", "a letter\n")),
        BadInput.Path("zeros", 26, "no SQLite database", site => site.Write("a.db", new byte[4096])),
        BadInput.Path("gzip", 26, "no SQLite database", site => site.Write("a.db", [0x1F, 0x8B, 8, .. new byte[2000]])),
        BadInput.Path("encrypted look-alike", 26, "it is encrypted", site => site.Write("a.db", Noise(8192))),
        BadInput.Path("encrypted look-alike, no whole page", 26, "it is encrypted", site => site.Write("a.db", Noise(8191))),
        BadInput.Path("newer file format", 26, "a newer SQLite wrote it", site => site.Patched(18, [3, 3])),
        BadInput.Path("newer schema format", 1, "written by a newer SQLite", site => site.Patched(44, [0, 0, 0, 5])),
        BadInput.Path("page size 3", 26, "no SQLite database", site => site.Patched(16, [0, 3])),
        BadInput.Path("page size of another file", 11, "Restore it from a backup", site => site.Patched(16, [0, 1])),
        BadInput.Path("page without room", 11, "is damaged", site => site.Patched(20, [255])),
        BadInput.Path("more pages than there are", 11, "is damaged", site => site.Patched(28, [0, 0, 255, 255])),
        BadInput.Path("unknown encoding", 11, "is damaged", site => site.Patched(56, [0, 0, 0, 7])),
        BadInput.Path("broken first page", 11, "is damaged", site => site.Patched(100, [99, 99, 99, 99])),
        BadInput.Path("cut off in the magic", 26, "it has 10 bytes", site => site.Cut(10)),
        BadInput.Path("cut off in the header", 11, "cut off (60 bytes)", site => site.Cut(60)),
        BadInput.Path("cut off in the first page", 11, "cut off (1024 bytes)", site => site.Cut(1024)),
        BadInput.Path("cut off after the first page", 11, "cut off (4096 bytes)", site => site.Cut(4096)),
        BadInput.Path("-wal a directory", 14, "-wal' is a directory", site => Beside(site, site.Directory("a.db-wal"))),
        BadInput.Path("-wal a link", 14, "-wal' is a link", site => Beside(site, site.Link("a.db-wal", "elsewhere"))),
        BadInput.Path("-shm a directory", 14, "-shm' is a directory", site => Beside(site, site.Directory("a.db-shm"))),
        BadInput.Path("-shm a link in a circle", 14, "-shm' is a link", site => Beside(site, site.Link("a.db-shm", "a.db-shm"))),
        BadInput.Path("-shm a pipe", 14, "-shm' is a pipe", site => Beside(site, site.Pipe("a.db-shm"))),
        BadInput.Path("-journal a directory", 14, "-journal' is a directory", site => Beside(site, site.Directory("a.db-journal"), isWal: false)),
        BadInput.Path("URI with an unknown mode", 1, "uri.html", site => $"file:{site.At("a.db")}?mode=fast"),
        BadInput.Path("URI with an unknown cache", 1, "uri.html", site => $"file:{site.At("a.db")}?cache=big"),
        BadInput.Path("URI with an unknown vfs", 1, "no such vfs", site => $"file:{site.At("a.db")}?vfs=none"),
        BadInput.Path("URI of another machine", 1, "invalid uri authority", site => $"file://server{site.At("a.db")}"),
        BadInput.Path("URI that asks for more than the mode", 3, "asks for more", site => $"file:{site.Database()}?mode=rwc", "Mode=ReadOnly"),
        BadInput.Path("URI of a missing file, read only", 14, "Correct the path", site => $"file:{site.At("a.db")}?mode=ro"),
        BadInput.Path("URI of a missing file, immutable", 14, "Correct the path", site => $"file:{site.At("a.db")}?immutable=1"),
        BadInput.Path("URI of a missing file, nolock", 14, "Correct the path", site => $"file:{site.At("a.db")}?nolock=1"),
        BadInput.Path("URI of a WAL database, nolock", 14, "immutable=1", site => $"file:{site.Database(isWal: true)}?nolock=1"),
        BadInput.Path("URI of a directory", 14, "Name a file in it", site => $"file:{site.Folder}"),
    ];

    private static string Circle(InputSite site)
    {
        site.Link("b.db", "a.db");
        return site.Link("a.db", "b.db");
    }

    private static string Beside(InputSite site, string companion, bool isWal = true)
    {
        _ = companion;
        return site.Database(isWal: isWal);
    }

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(17).NextBytes(bytes);
        return bytes;
    }
}
