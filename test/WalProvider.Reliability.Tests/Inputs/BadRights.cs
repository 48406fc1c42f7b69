namespace WalProvider.Tests;

/// <summary>Files and folders that a user without rights cannot open.</summary>
internal static class BadRights
{
    private const string Of = "permissions";

    public static readonly BadInput[] All =
    [
        BadInput.Path("file without rights", 14, Of, site => site.Allow(site.Database(), "")),
        BadInput.Path("file without rights, read only", 14, Of, site => site.Allow(site.Database(), ""), "Mode=ReadOnly"),
        BadInput.Path("file that may only be written", 14, Of, site => site.Allow(site.Database(), "w")),
        BadInput.Path("link to a file without rights", 14, Of, site => site.Link("l.db", site.Allow(site.Database(), ""))),
        BadInput.Path("folder without rights", 14, "may not look into a folder", site => InFolder(site, "")),
        BadInput.Path("folder without rights, read only", 14, "may not look into a folder", site => InFolder(site, ""), "Mode=ReadOnly"),
        BadInput.Path("folder that may not be passed through", 14, "may not look into a folder", site => InFolder(site, "rw")),
        BadInput.Path("folder below one without rights", 14, "may not look into a folder", site => InFolder(site, "", "a/b")),
        BadInput.Path("link into a folder without rights", 14, "may not look into a folder", site => site.Link("l.db", InFolder(site, ""))),
        BadInput.Path("new file in a read-only folder", 14, "permissions of its folder", site => site.Allow(site.Directory("d"), "rx") + "/new.db"),
        BadInput.Path("WAL database in a read-only folder", 8, "Make its folder writable", site => InFolder(site, "rx", isWal: true)),
        BadInput.Path("WAL database in a read-only folder, read only", 8, "immutable=1", site => InFolder(site, "rx", isWal: true), "Mode=ReadOnly"),
        BadInput.Path("database for WAL in a read-only folder", 8, "Make its folder writable", site => InFolder(site, "rx")),
        BadInput.Path("-wal that may not be read", 14, "read and write", site => Companion(site, "-wal", "")),
        BadInput.Path("-wal that may not be written", 14, "set 'Mode' to ReadOnly", site => Companion(site, "-wal", "r")),
        BadInput.Path("-wal that may not be read, read only", 14, "may not read", site => Companion(site, "-wal", ""), "Mode=ReadOnly"),
        BadInput.Path("-shm that may not be read", 14, "read and write", site => Companion(site, "-shm", "")),
        BadInput.Path("-shm that may not be written", 14, "set 'Mode' to ReadOnly", site => Companion(site, "-shm", "r")),
        BadInput.Path("-shm that may not be read, read only", 14, "may not read", site => Companion(site, "-shm", ""), "Mode=ReadOnly"),
        BadInput.Path("-shm beside a rollback database", 14, "read and write", site => Companion(site, "-shm", "", isWal: false)),
        BadInput.Path("-journal that may not be read", 14, "read and write", site => Companion(site, "-journal", "", isWal: false)),
    ];

    private static string InFolder(InputSite site, string rights, string name = "d", bool isWal = false)
    {
        var top = site.Directory(name.Split('/')[0]);
        site.Directory(name);
        var path = site.Allow(site.Database($"{name}/a.db", isWal), "rw");
        site.Allow(top, rights);
        return path;
    }

    private static string Companion(InputSite site, string ending, string rights, bool isWal = true)
    {
        site.Allow(site.Write("a.db" + ending, "something"), rights);
        return site.Allow(site.Database(isWal: isWal), "rw");
    }
}
