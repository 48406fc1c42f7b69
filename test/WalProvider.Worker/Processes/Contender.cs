using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace WalProvider.Worker;

/// <summary>One of several writers of one table: its rows are numbered without a gap, each its own commit or its batch's.</summary>
internal sealed class Contender(DbConnection connection, int writer)
{
    public const string Schema = "CREATE TABLE IF NOT EXISTS contended(writer INTEGER NOT NULL, n INTEGER NOT NULL)";

    private long _done;
    private TimeSpan _longest;
    private int _errors;
    private string _firstError = "";

    /// <summary>Inserts until the stint is over.</summary>
    public async Task<ContenderResult> Run(Stint stint, bool async)
    {
        var started = Stopwatch.GetTimestamp();
        while (stint.GoesOn(_done + _errors, Stopwatch.GetElapsedTime(started)))
        {
            var began = Stopwatch.GetTimestamp();
            await Insert(async).ConfigureAwait(false);
            var took = Stopwatch.GetElapsedTime(began);
            _longest = took > _longest ? took : _longest;
        }

        return new ContenderResult(_done, _longest, _errors, _firstError);
    }

    private async Task Insert(bool async)
    {
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO contended(writer, n) VALUES($writer, $n)";
            Add(command, "$writer", writer);
            Add(command, "$n", _done);
            _ = async ? await command.ExecuteNonQueryAsync().ConfigureAwait(false) : command.ExecuteNonQuery();
            _done++;
        }
        catch (SqliteException error)
        {
            _firstError = _errors++ == 0 ? error.Message : _firstError;
        }
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
