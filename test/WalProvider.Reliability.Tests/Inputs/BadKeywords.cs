namespace WalProvider.Tests;

/// <summary>Connection strings that cannot mean anything, each refused with the keyword, the value and what is allowed.</summary>
internal static class BadKeywords
{
    public static readonly BadInput[] All =
    [
        // Each keyword that does not take any text.
        BadInput.Keyword("Mode=Sideways", "ReadWriteCreate, ReadWrite, ReadOnly, Memory"),
        BadInput.Keyword("Cache=Big", "Default, Private, Shared"),
        BadInput.Keyword("Foreign Keys=Perhaps", "True or False"),
        BadInput.Keyword("Recursive Triggers=2.5", "True or False"),
        BadInput.Keyword("Default Timeout=soon", "a whole number"),
        BadInput.Keyword("Pooling=Maybe", "True or False"),
        BadInput.Keyword("Profile=Fast", "Balanced, Durable"),
        BadInput.Keyword("Profile=99", "Balanced, Durable"),
        BadInput.Keyword("Journal Mode=WALL", "DELETE, TRUNCATE"),
        BadInput.Keyword("Synchronous=4", "OFF, NORMAL, FULL, EXTRA"),
        BadInput.Keyword("Cache Size=64MB", "a whole number"),
        BadInput.Keyword("Temp Store=DISK", "DEFAULT, FILE, MEMORY"),
        BadInput.Keyword("Mmap Size=-1", "from 0 to"),
        BadInput.Keyword("Page Size=1000", "a power of two from 512 to 65536"),
        BadInput.Keyword("Page Size=131072", "a power of two from 512 to 65536"),
        BadInput.Keyword("Wal Autocheckpoint=-5", "from 0 to"),
        BadInput.Keyword("Journal Size Limit=-2", "from -1 to"),
        BadInput.Keyword("Auto Vacuum=ALWAYS", "NONE, FULL, INCREMENTAL"),
        BadInput.Keyword("Max Page Count=0", "from 1 to 4294967294"),
        BadInput.Keyword("Busy Timeout=99999999999", "from 0 to 2147483647"),
        BadInput.Keyword("Transaction Mode=Eager", "Immediate"),
        BadInput.Keyword("Write Gate=ajar", "True or False"),
        BadInput.Keyword("Write Batch Size=-1", "from 0 to 10000000"),
        BadInput.Keyword("Write Batch Interval=1s", "a whole number"),
        BadInput.Keyword("Enlist=always", "True or False"),
        BadInput.Keyword("Max Pool Size=0", "from 1 to 10000"),
        BadInput.Keyword("Min Pool Size=-1", "from 0 to 10000"),
        BadInput.Keyword("Max Open Sessions=-1", "from 0 to 1000000"),
        BadInput.Keyword("Connection Idle Lifetime=-1", "from 0 to"),
        BadInput.Keyword("Connection Timeout=-1", "from 0 to"),
        BadInput.Keyword("Statement Cache Size=1e3", "from 0 to 100000"),
        BadInput.Keyword("Query Timeout=-1", "from 0 to 2147483647"),
        BadInput.Keyword("DateTime Kind=Martian", "Unspecified, Utc, Local"),
        BadInput.Keyword("Allow Network File System=once", "True or False"),

        // What text may hold.
        BadInput.Keyword("Application Name=\"a\n\"", "no line break at its end"),
        BadInput.Keyword("Password=\"a\n\"", "no line break at its end"),
        BadInput.Keyword("Data Source=\"a.db\n\"", "no line break at its end"),
        BadInput.Keyword("Data Source=file:a%00b.db", "SQLite ends a name there"),
        BadInput.Keyword("Pragmas=no equals sign", "is no name=value pair"),
        BadInput.Keyword("Pragmas=\"a=1;DROP TABLE t\"", "is no name=value pair"),
        BadInput.Keyword("Pragmas=\"user_version=(SELECT 1)\"", "is no name=value pair"),
        BadInput.Keyword("Pragmas=\"user_version=1 -- x\"", "is no name=value pair"),
        BadInput.Keyword("Pragmas=\"secure_delete=ON,Secure_Delete=OFF\"", "stands in it twice"),
        BadInput.Keyword("Pragmas=journal_mode=OFF", "has a keyword of its own"),
        BadInput.Keyword("Pragmas=wal_checkpoint=FULL", "is not a setting of a session"),
        BadInput.Keyword("Pragmas=\"key='x'\"", "is not a setting of a session"),

        // Contradictions.
        BadInput.Keyword("Max Pool Size=1;Min Pool Size=2", "Lower the one or raise the other"),
        BadInput.Keyword("Profile=Hardened;Mmap Size=1000", "Take mmap_size out"),
        BadInput.Keyword("Profile=Hardened;Pragmas=trusted_schema=ON", "Take trusted_schema out"),
        BadInput.Keyword("Profile=Hardened;Pragmas=writable_schema=ON", "Take writable_schema out"),
        BadInput.Keyword("Profile=Hardened;Pragmas=cell_size_check=0", "Take cell_size_check out"),
        BadInput.Keyword("Profile=Hardened;Data Source=file:a.db", "Give a path"),
        BadInput.Keyword("Profile=Hardened;Data Source=FILE:a.db", "Give a path"),

        // What nobody knows, or cannot be read.
        BadInput.Keyword("Busy Timeot=5", "Busy Timeout"),
        BadInput.Keyword("Server=localhost", "keyword 'server' is not supported"),
        BadInput.Keyword("Pragmas=no_such_pragma=1", "does not know"),
        BadInput.Keyword("Profile", "Format of the initialization string"),
        BadInput.Keyword("Profile=\"Balanced", "Format of the initialization string"),
        new("Password where the engine has none", 0, "doesn't support encryption", site => $"Data Source={site.At("a.db")};Password=secret"),
    ];
}
