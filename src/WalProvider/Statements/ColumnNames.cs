namespace WalProvider;

/// <summary>Finds columns by name as the wrapped provider does: the exact name first, then in any case if only one fits.</summary>
internal static class ColumnNames
{
    /// <summary>The ordinal of a column; of several of the same name the last.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    /// <exception cref="InvalidOperationException">The name fits several columns in case-different spellings.</exception>
    internal static int Find(string[] names, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        for (var ordinal = names.Length - 1; ordinal >= 0; ordinal--)
        {
            if (string.Equals(names[ordinal], name, StringComparison.Ordinal))
            {
                return ordinal;
            }
        }

        return FindInAnyCase(names, name);
    }

    private static int FindInAnyCase(string[] names, string name)
    {
        var found = -1;
        for (var ordinal = 0; ordinal < names.Length; ordinal++)
        {
            if (!string.Equals(names[ordinal], name, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (found >= 0 && names[found] != names[ordinal])
            {
                throw new InvalidOperationException(WrappedMessages.AmbiguousColumn(name, names[found], names[ordinal]));
            }

            found = ordinal;
        }

        return found >= 0 ? found : throw new ArgumentOutOfRangeException(nameof(name), name, message: null);
    }
}
