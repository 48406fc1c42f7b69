namespace WalProvider;

/// <summary>What DateTime Kind makes of a date, whose stored text has no zone.</summary>
internal static class DateKind
{
    /// <summary>The date to store.</summary>
    internal static DateTime ToStore(DateTime value, DateTimeKind kind) => kind switch
    {
        DateTimeKind.Utc when value.Kind == DateTimeKind.Local => value.ToUniversalTime(),
        DateTimeKind.Local when value.Kind == DateTimeKind.Utc => value.ToLocalTime(),
        _ => value,
    };

    /// <summary>The date that was stored.</summary>
    /// <remarks>NB: text that has a zone, from elsewhere, is parsed to a local time.</remarks>
    internal static DateTime AsRead(DateTime value, DateTimeKind kind)
        => kind == DateTimeKind.Unspecified ? value
            : value.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(value, kind)
            : ToStore(value, kind);
}
