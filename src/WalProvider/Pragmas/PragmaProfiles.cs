namespace WalProvider;

/// <summary>The table of profiles. Order within a profile does not matter here; <see cref="PragmaPlan"/> orders.</summary>
internal static class PragmaProfiles
{
    private const int BulkWriteBatchSize = 5000;

    private static readonly Pragma[] Balanced =
    [
        new("journal_mode", "WAL"),
        new("synchronous", "NORMAL"),
        new("temp_store", "MEMORY"),
        new("cache_size", "-64000"),
        new("foreign_keys", "ON"),
        new("wal_autocheckpoint", "1000"),
        new("journal_size_limit", "67108864"),
    ];

    /// <summary>The pragmas of a profile, without busy_timeout, which has a keyword of its own whatever the profile.</summary>
    public static IReadOnlyList<Pragma> Of(WalProfile profile) => profile switch
    {
        WalProfile.Balanced => Balanced,
        WalProfile.Durable => With(new Pragma("synchronous", "FULL")),
        WalProfile.Bulk => With(new("cache_size", "-100000"), new("wal_autocheckpoint", "10000")),
        WalProfile.ReadHeavy => With(new Pragma("mmap_size", "268435456")),
        WalProfile.Hardened => With(new("trusted_schema", "OFF"), new("cell_size_check", "ON"), new("mmap_size", "0")),
        WalProfile.None => [],
        _ => throw new ArgumentOutOfRangeException(nameof(profile), profile, null),
    };

    /// <summary>The write batch of a profile, where the connection string does not say; 0 is off.</summary>
    public static int WriteBatchSizeOf(WalProfile profile) => profile == WalProfile.Bulk ? BulkWriteBatchSize : 0;

    private static Pragma[] With(params Pragma[] changes) =>
        [.. Balanced.Where(pragma => !changes.Any(change => change.Name == pragma.Name)), .. changes];
}
