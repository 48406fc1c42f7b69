namespace WalProvider;

/// <summary>The arguments of one call from SQL; valid during the call.</summary>
internal readonly unsafe ref struct FunctionArguments(string function, nint* values, int count, ResultRow row)
{
    /// <summary>An argument, converted as a column of that type is.</summary>
    /// <exception cref="InvalidOperationException">It is NULL, and the type has no null.</exception>
    internal T Get<T>(int index)
    {
        row.Take(values[index]);
        if (!ValueReader.IsNull(row, 0))
        {
            return FieldReader.Get<T>(row, 0);
        }

        return default(T) is null
            ? default!
            : throw new InvalidOperationException(
                $"'{function}' was called with NULL as argument {index + 1}, which is of {typeof(T).Name}. Make it nullable, or leave NULL out.");
    }

    /// <summary>All of them, each in the type of its storage class; null for NULL.</summary>
    internal object?[] ToArray()
    {
        var all = new object?[count];
        for (var index = 0; index < count; index++)
        {
            all[index] = Get<object?>(index);
        }

        return all;
    }
}
