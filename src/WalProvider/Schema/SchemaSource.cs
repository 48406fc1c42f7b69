using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>The database that a metadata collection is read from, in the one way or the other.</summary>
/// <remarks>
/// What goes into a statement's text is a catalog's name, quoted; all other names are values of parameters, handed to
/// SQLite's pragma functions.
/// </remarks>
/// <seealso href="https://www.sqlite.org/pragma.html#pragfunc"/>
internal sealed class SchemaSource(DbConnection connection, sqlite3? db, bool async, CancellationToken cancellationToken)
{
    /// <summary>The connection's handle, for what SQL does not tell. Asked for only while open.</summary>
    internal sqlite3 Db => db!;

    /// <summary>The name of a catalog's own table of what it holds, as part of a text.</summary>
    internal static string Master(string catalog)
        => $"{Identifier.Quote(catalog)}.{(IsTemp(catalog) ? "sqlite_temp_master" : "sqlite_master")}";

    internal static bool IsTemp(string catalog) => catalog.Equals("temp", StringComparison.OrdinalIgnoreCase);

    /// <summary>The rows of a query, whose parameters are named $1 and so on.</summary>
    /// <exception cref="SqliteException">SQLite's error.</exception>
    internal async ValueTask<List<object[]>> Rows(string sql, params object?[] values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters.Add(new SqliteParameter($"${index + 1}", values[index] ?? DBNull.Value));
        }

        var rows = new List<object[]>();
        var reader = async
            ? await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false)
            : command.ExecuteReader();
        using (reader)
        {
            while (reader.Read())
            {
                var row = new object[reader.FieldCount];
                reader.GetValues(row);
                rows.Add(row);
            }
        }

        return rows;
    }

    /// <summary>The databases of the connection: their number, name and file.</summary>
    internal ValueTask<List<object[]>> Catalogs(string? name)
        => Rows("SELECT seq, name, file FROM pragma_database_list WHERE $1 IS NULL OR name = $1 COLLATE NOCASE ORDER BY seq", name);

    /// <summary>The tables or views of all databases that pass the filter's first and third place: catalog and name.</summary>
    /// <param name="type">table or view.</param>
    /// <param name="filter">The restrictions.</param>
    internal async ValueTask<List<(string Catalog, string Name)>> Objects(string type, SchemaFilter filter)
    {
        var found = new List<(string, string)>();
        foreach (var catalog in await Catalogs(filter[0]).ConfigureAwait(false))
        {
            var name = (string)catalog[1];
            var rows = await Rows(
                $"SELECT name FROM {Master(name)} WHERE type = $1 AND ($2 IS NULL OR name = $2 COLLATE NOCASE) ORDER BY name",
                type,
                filter[2]).ConfigureAwait(false);
            found.AddRange(rows.Select(row => (name, (string)row[0])));
        }

        return found;
    }
}
