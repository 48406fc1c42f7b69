using System.Collections.Frozen;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>
/// The keywords of System.Data.SQLite beyond those that mean here what they mean there. What would change how values
/// are stored or read, and cannot be honoured, is refused: a connection string that opens and then reads other values
/// than before would be worse than one that does not open.
/// </summary>
internal static class BorrowedKeywords
{
    private const string OnOff = "True or False";

    private static readonly SwitchValue Switch = new();

    /// <summary>Every borrowed keyword.</summary>
    public static readonly IReadOnlyList<BorrowedKeyword> All =
    [
        Only("Version", "3", "This is the version of the file format, and the engine reads no other."),
        Switched("Read Only", "`True` is Mode=ReadOnly.",
            isOn => isOn ? new Borrowing(WalOptions.Mode, SqliteOpenMode.ReadOnly) : Borrowing.Nothing),
        // A Mode that was set says more than this does, so it stays, whichever comes first.
        new("FailIfMissing", OnOff, "`True` is Mode=ReadWrite, unless Mode is set.", text => ReadSwitch(text) switch
        {
            null => null,
            true => new Borrowing(WalOptions.Mode, SqliteOpenMode.ReadWrite, YieldsToTarget: true),
            false => Borrowing.Nothing,
        })
        { Aliases = ["Fail If Missing", "fail_if_missing"] },
        new("Uri", "a path or file: URI", "The same as Data Source.", text => new Borrowing(WalOptions.DataSource, text)),
        new("FullUri", "a file: URI", "The same as Data Source.", text => new Borrowing(WalOptions.DataSource, text))
        { Aliases = ["Full Uri", "full_uri"] },
        new("Default IsolationLevel", "Serializable or ReadCommitted", "Transaction Mode=Immediate and Transaction Mode=Deferred.",
            text => text.ToUpperInvariant() switch
            {
                "SERIALIZABLE" => new Borrowing(WalOptions.TransactionMode, WalTransactionMode.Immediate),
                "READCOMMITTED" => new Borrowing(WalOptions.TransactionMode, WalTransactionMode.Deferred),
                _ => null,
            })
        { Aliases = ["Default Isolation Level", "default_isolation_level"] },
        Only("DateTimeFormat", "ISO8601", "Dates are stored as the wrapped provider stores them, which is ISO 8601 text."),
        Only("BinaryGUID", "False", "A Guid is stored as text. For a database with Guids as blobs set SqliteType.Blob on the parameter."),
        Only("UseUTF16Encoding", "False", "For a new database in UTF-16 write Pragmas=\"encoding='UTF-16'\"."),
        Only("Flags", "Default", "These flags change how values are bound and read, and cannot be honoured."),
        Refused("DateTimeFormatString", "Dates are stored as the wrapped provider stores them, which is ISO 8601 text."),
        Refused("DefaultDbType", "Values are read as the wrapped provider reads them, by what is stored."),
        Refused("DefaultTypeName", "Values are read as the wrapped provider reads them, by what is stored."),
        Refused("VfsName", "Write it into the Data Source: file:PATH?vfs=NAME."),
        Refused("ZipVfsVersion", "The engine has no compressed files."),
        Refused("HexPassword", "Use Password."),
        Switched("Legacy Format", "Changes nothing: the engine reads both formats.", _ => Borrowing.Nothing),
        Switched("New", "Changes nothing: a missing file is made, and one that is there is kept.", _ => Borrowing.Nothing),
        Switched("ToFullPath", "Changes nothing: a relative path means the same either way.", _ => Borrowing.Nothing),
        Switched("SetDefaults", "Changes nothing.", _ => Borrowing.Nothing),
        Switched("NoDefaultFlags", "Changes nothing: there are no flags.", _ => Borrowing.Nothing),
        Switched("NoSharedFlags", "Changes nothing: there are no flags.", _ => Borrowing.Nothing),
        Ignored("BaseSchemaName", "any text", "Changes nothing: it names a catalog in schema tables only."),
        Number("PrepareRetries", "Changes nothing: the engine repeats a compilation by itself."),
        Number("WaitTimeout", "Changes nothing: closing does not wait."),
        Number("ProgressOps", "Changes nothing: there is no progress event."),
    ];

    private static readonly FrozenDictionary<string, BorrowedKeyword> BySpelling = All
        .SelectMany(keyword => keyword.Spellings.Select(spelling => KeyValuePair.Create(spelling, keyword)))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The borrowed keyword with this spelling, in any case; null where there is none.</summary>
    public static BorrowedKeyword? Find(string spelling) => BySpelling.GetValueOrDefault(spelling);

    private static BorrowedKeyword Only(string name, string value, string text) => new(name, value, text, given =>
        given.Length == 0 || given.Equals(value, StringComparison.OrdinalIgnoreCase)
        || (ReadSwitch(value) is { } expected && ReadSwitch(given) == expected)
            ? Borrowing.Nothing
            : null);

    private static BorrowedKeyword Refused(string name, string text) =>
        new(name, "no value here", text, given => given.Length == 0 ? Borrowing.Nothing : null);

    private static BorrowedKeyword Ignored(string name, string accepts, string text) =>
        new(name, accepts, text, _ => Borrowing.Nothing);

    private static BorrowedKeyword Number(string name, string text) => new(name, "a whole number", text, given =>
        int.TryParse(given, NumberStyles.Integer, CultureInfo.InvariantCulture, out _) ? Borrowing.Nothing : null);

    private static BorrowedKeyword Switched(string name, string text, Func<bool, Borrowing> translate) =>
        new(name, OnOff, text, given => ReadSwitch(given) is { } isOn ? translate(isOn) : null);

    private static bool? ReadSwitch(string text) => Switch.TryConvert(text, out var isOn) ? (bool?)isOn : null;
}
