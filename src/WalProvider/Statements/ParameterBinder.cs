using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>Binds a command's parameters to a statement by the wrapped provider's rules for names.</summary>
internal static class ParameterBinder
{
    private static readonly string[] Prefixes = ["@", "$", ":"];

    /// <summary>
    /// Binds what the statement has; parameters that it does not have are passed over. False where streams among them are to be
    /// read first, and all bound again.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// A parameter is missing, has no name or no value, fits several, or is of a type that SQLite has no form for.
    /// </exception>
    internal static bool Bind(CompiledStatement statement, SqliteParameterCollection? parameters, ref StreamValues? streams)
    {
        var bound = 0;
        var isComplete = true;
        var count = parameters?.Count ?? 0;
        for (var position = 0; position < count; position++)
        {
            if (BindOne(statement, parameters![position], position, ref streams, ref isComplete))
            {
                bound++;
            }
        }

        if (bound != statement.ParameterCount && !statement.IsExplain)
        {
            throw new InvalidOperationException(WrappedMessages.MissingParameters(MissingNames(statement, parameters)));
        }

        return isComplete;
    }

    private static bool BindOne(
        CompiledStatement statement, SqliteParameter parameter, int position, ref StreamValues? streams, ref bool isComplete)
    {
        var name = parameter.ParameterName;
        var index = statement.Recall(position, name);
        if (index == 0)
        {
            index = Find(statement, name);
            if (index == 0)
            {
                return false;
            }

            statement.Remember(position, name, index);
        }

        var value = parameter.Value ?? throw new InvalidOperationException(WrappedMessages.Required(nameof(parameter.Value)));
        if (!ValueBinder.TryBind(statement, index, parameter, value))
        {
            isComplete &= BindRest(statement, index, parameter, value, ref streams);
        }

        return true;
    }

    private static bool BindRest(
        CompiledStatement statement, int index, SqliteParameter parameter, object value, ref StreamValues? streams)
    {
        if (value is Stream stream)
        {
            return (streams ??= new StreamValues()).TryBind(statement.Handle, index, stream, parameter.Size);
        }

        var converted = WrappedConversion.Convert(parameter);
        return ValueBinder.TryBind(statement, index, new SqliteParameter(parameter.ParameterName, converted), converted);
    }

    private static int Find(CompiledStatement statement, string name)
    {
        if (name.Length == 0)
        {
            throw new InvalidOperationException(WrappedMessages.Required(nameof(SqliteParameter.ParameterName)));
        }

        var index = statement.IndexOf(name);
        if (index != 0 || name[0] is '@' or '$' or ':')
        {
            return index;
        }

        foreach (var prefix in Prefixes)
        {
            var prefixed = statement.IndexOf(prefix + name);
            if (prefixed != 0 && index != 0)
            {
                throw new InvalidOperationException(WrappedMessages.AmbiguousParameter(name));
            }

            index = index == 0 ? prefixed : index;
        }

        return index;
    }

    private static string MissingNames(CompiledStatement statement, SqliteParameterCollection? parameters)
    {
        var missing = new List<string?>();
        for (var index = 1; parameters is not null && index <= statement.ParameterCount; index++)
        {
            var name = statement.ParameterName(index);
            if (!parameters.Cast<SqliteParameter>().Any(parameter => parameter.ParameterName == name))
            {
                missing.Add(name);
            }
        }

        return string.Join(", ", missing);
    }
}
