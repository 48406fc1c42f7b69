using System.Data;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed class SourceParameterTests
{
    [Test]
    public void SourceVersion_is_kept_by_every_parameter_that_a_command_makes()
    {
        using var command = new WalDbCommand();
        SqliteParameter[] made =
        [
            command.CreateParameter(), command.Parameters.AddWithValue("$a", 1), command.Parameters.Add("$b", SqliteType.Text),
            command.Parameters.Add("$c", SqliteType.Text, 5), command.Parameters.Add("$d", SqliteType.Text, 5, "column"),
            (SqliteParameter)new WalDbBatchCommand().CreateParameter(), (SqliteParameter)WalDbProviderFactory.Instance.CreateParameter(),
        ];
        foreach (var parameter in made)
        {
            parameter.SourceVersion.ShouldBe(DataRowVersion.Current);
            parameter.SourceVersion = DataRowVersion.Original;
        }

        made.ShouldAllBe(parameter => parameter.SourceVersion == DataRowVersion.Original);
    }

    [Test]
    public void Add_makes_what_the_wrapped_provider_makes()
    {
        using var command = new WalDbCommand();
        using var wrapped = new SqliteCommand();

        Describe(command.Parameters).ShouldBe(Describe(wrapped.Parameters));
    }

    private static string[] Describe(SqliteParameterCollection parameters)
    {
        parameters.AddWithValue("$a", "text");
        parameters.Add("$b", SqliteType.Real);
        parameters.Add("$c", SqliteType.Text, 5);
        parameters.Add("$d", SqliteType.Blob, 6, "column");
        return [.. parameters.Cast<SqliteParameter>().Select(p => $"{p.ParameterName} {p.SqliteType} {p.Size} {p.SourceColumn} {p.Value} {p.DbType}")];
    }
}
