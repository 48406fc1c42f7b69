using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>Asks the wrapped provider what it makes of a value that is rare or not known here, by selecting it.</summary>
internal static class WrappedConversion
{
    /// <summary>What it stores for a parameter: a later version may know more types than we do.</summary>
    /// <exception cref="InvalidOperationException">The wrapped provider knows no form for the value's type either.</exception>
    internal static object Convert(SqliteParameter parameter)
    {
        var name = parameter.ParameterName;
        return Select(name[0] is '@' or '$' or ':' ? name : "@" + name, parameter, reader => reader.GetValue(0));
    }

    /// <summary>What it reads as a date from a Julian day number.</summary>
    internal static DateTime ToDateTime(double julianDay)
        => Select("$day", new SqliteParameter("$day", julianDay), reader => reader.GetDateTime(0));

    private static T Select<T>(string name, SqliteParameter parameter, Func<SqliteDataReader, T> read)
    {
        using var connection = new SqliteConnection("Data Source=:memory:;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT " + name;
        // NB: parameter objects may be in several collections at once, but a copy would lose the type chosen for it.
        command.Parameters.Add(parameter);
        using var reader = command.ExecuteReader();
        reader.Read();
        return read(reader);
    }
}
