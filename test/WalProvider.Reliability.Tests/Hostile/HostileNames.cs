namespace WalProvider.Tests;

/// <summary>Names that mean something to somebody: SQL, the shell, a connection string, a URI, a path, a terminal.</summary>
internal static class HostileNames
{
    /// <summary>Names that a file system takes.</summary>
    public static readonly string[] Files =
    [
        "it's.db", "\"quoted\".db", "semi;colon.db", "a'; DROP TABLE victim; --.db", "a;Mode=Memory", "a\";Mode=Memory;b=\"",
        "x?mode=memory", "x?immutable=1&vfs=none", "x#fragment", "x%2Fy", "%2e%2e%2fescape.db", "..%2f..%2fescape.db", "100%.db", "%00.db",
        "file:evil.db", "file:evil.db?mode=memory&cache=shared", "FILE:x", ":memory:", "|DataDirectory|x.db", "..db", "...", "..;..",
        " leading space", "trailing space ", "-rf", "--into", "-wal", "new\nline.db", "car\rriage", "tab\tulator", "\u001b[2Jclear.db",
        "\u202Egnp.db", "Überraschung-数据库-🙂.db", "back\\slash", "..\\..\\windows", "$(touch owned)", "`touch owned`", "~", "*.db", "a|b>c<d&e",
        "x\n0000000000000000000000000000000000000000000000000000000000000000  victim.db",
    ];

    /// <summary>Names of tables, columns, savepoints, functions.</summary>
    public static readonly string[] Identifiers =
    [
        "it's", "a\"b", "\"", "\"\"", "x\"; DROP TABLE victim; --", "x'; DROP TABLE victim; --", "x); DROP TABLE victim; --", "x]; DROP TABLE victim",
        "[x]", "`x`", "x`; DROP TABLE victim", "a;b", "a.b", "main.victim", "a b", "a\nb", "a\r\n; DROP TABLE victim", "/* x */", "-- x", "select",
        "%s%n", "{0}", "$p0", "@a", ":a", "?1", "Ünï 数 🙂", "\u001b[2J", "file:x", "../x", "%", "_", "victim ", " victim", "x\\\"; DROP TABLE victim",
    ];

    /// <summary>Names that no folder of backups may take.</summary>
    public static readonly string[] Escapes =
    [
        "../escape", "..", ".", "", " ", "a/../../escape", "/tmp/escape", "sub/escape", "..\\escape", "a\\b", "a\0b", "\0", "./x", "../", "a/",
    ];
}
