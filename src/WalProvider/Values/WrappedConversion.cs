using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>
/// Asks the wrapped provider what it makes of a parameter whose type is not known here, by selecting it: a later
/// version may know more types than we do.
/// </summary>
internal static class WrappedConversion
{
    /// <exception cref="InvalidOperationException">The wrapped provider knows no form for the value's type either.</exception>
    internal static object Convert(SqliteParameter parameter)
    {
        var name = parameter.ParameterName;
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT " + (name[0] is '@' or '$' or ':' ? name : "@" + name);
        // NB: parameter objects may be in several collections at once, but a copy would lose the type chosen for it.
        command.Parameters.Add(parameter);
        return command.ExecuteScalar() ?? DBNull.Value;
    }
}
