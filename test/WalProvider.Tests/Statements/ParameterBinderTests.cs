using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;
using SQLitePCL;

namespace WalProvider.Tests;

/// <summary>Parameters find their places by the wrapped provider's rules, and are refused in its words.</summary>
[TestFixture]
public sealed class ParameterBinderTests
{
    private static readonly string[] Texts =
    [
        "SELECT 1", "SELECT @a", "SELECT $a", "SELECT :a", "SELECT @a, @b", "SELECT @a, @a", "SELECT @a, $a", "SELECT @a, $a, :a",
        "SELECT ?", "SELECT ?1", "SELECT ?1, ?2", "SELECT ?2", "SELECT ?, @a", "SELECT @A", "SELECT @a, @A", "SELECT @ä", "SELECT @a1, @a",
        "SELECT '@a'", "SELECT $a::b(c)", "EXPLAIN SELECT @a", "SELECT @a; SELECT @b", "SELECT 1; SELECT @a, $a", "INSERT INTO v VALUES (NULL, @a)",
    ];

    private static readonly string[][] Names =
    [
        [], ["@a"], ["$a"], [":a"], ["a"], ["@a", "@b"], ["a", "b"], ["@a", "@a"], ["@a", "$a"], ["a", "@a"], ["?"], ["?1"], ["?1", "?2"],
        ["1"], [""], ["", "@a"], ["@A"], ["A"], ["ä"], ["@a", "@unused"], ["@b", "@a"], ["a1", "a"], ["@"], ["a::b(c)"], [" a"],
    ];

    [TestCaseSource(nameof(Texts))]
    public void Bind_finds_parameters_as_the_wrapped_provider_does(string sql)
    {
        using var pair = new ProviderPair();
        Names.Select(names => Difference(pair, sql, names)).OfType<string>().ShouldBeEmpty();
    }

    [TestCaseSource(nameof(Texts))]
    public void Bind_finds_parameters_again_when_the_compiled_text_is_used_with_other_names(string sql)
    {
        // Each text is compiled once on our side and executed with each set of names, forwards and backwards.
        using var pair = new ProviderPair();
        Names.Concat(Names.Reverse()).Select(names => Difference(pair, sql, names)).OfType<string>().ShouldBeEmpty();
    }

    [Test]
    public void Bind_leaves_no_value_of_the_last_caller_when_a_parameter_is_doubled_and_another_missing()
    {
        using var engine = new OpenEngine();
        using var statement = engine.Compile("SELECT @a, @b");
        Bind(statement, Parameters(("@a", 1), ("@b", 2)));
        raw.sqlite3_step(statement.Handle);
        statement.Clear();

        Bind(statement, Parameters(("@a", 3), ("@a", 4)));
        raw.sqlite3_step(statement.Handle);
        raw.sqlite3_column_int(statement.Handle, 0).ShouldBe(4);
        raw.sqlite3_column_type(statement.Handle, 1).ShouldBe(raw.SQLITE_NULL);
    }

    [Test]
    public void Bind_takes_the_value_of_now_when_a_parameter_object_is_used_again()
    {
        using var engine = new OpenEngine();
        using var statement = engine.Compile("SELECT @a");
        var parameters = Parameters(("@a", 1));
        foreach (var value in new[] { 1, 7 })
        {
            parameters[0].Value = value;
            Bind(statement, parameters);
            raw.sqlite3_step(statement.Handle);
            raw.sqlite3_column_int(statement.Handle, 0).ShouldBe(value);
            statement.Clear();
        }
    }

    [Test]
    public void Bind_finds_a_parameter_that_was_renamed_since_the_last_time()
    {
        using var engine = new OpenEngine();
        using var statement = engine.Compile("SELECT @a, @b");
        var parameters = Parameters(("@a", 1), ("@b", 2));
        Bind(statement, parameters);
        statement.Clear();
        (parameters[0].ParameterName, parameters[1].ParameterName) = ("@b", "@a");

        Bind(statement, parameters);

        raw.sqlite3_step(statement.Handle);
        raw.sqlite3_column_int(statement.Handle, 0).ShouldBe(2);
        raw.sqlite3_column_int(statement.Handle, 1).ShouldBe(1);
    }

    [Test]
    public void Bind_names_the_parameters_that_are_missing()
    {
        using var engine = new OpenEngine();
        using var statement = engine.Compile("SELECT @a, @b, @c");
        Should.Throw<InvalidOperationException>(() => Bind(statement, Parameters(("@b", 1)))).Message.ShouldContain("@a, @c");
    }

    [Test]
    public void Bind_refuses_a_parameter_without_a_value_only_when_the_text_has_it()
    {
        using var engine = new OpenEngine();
        using var statement = engine.Compile("SELECT @a");
        var parameters = Parameters(("@a", 1));
        parameters.Add(new SqliteParameter { ParameterName = "@unused" });
        Should.NotThrow(() => Bind(statement, parameters));
        parameters[0] = new SqliteParameter { ParameterName = "@a" };
        Should.Throw<InvalidOperationException>(() => Bind(statement, parameters));
    }

    private static string? Difference(ProviderPair pair, string sql, string[] names)
    {
        var wrapped = Run(pair.Wrapped, sql, names);
        var ours = Run(pair.Ours, sql, names);
        return wrapped == ours ? null : $"{sql} with {string.Join(' ', names)}: wrapped {wrapped} | ours {ours}";
    }

    private static string Run(System.Data.Common.DbConnection connection, string sql, string[] names) => Outcome.Of(() =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < names.Length; i++)
            command.Parameters.Add(new SqliteParameter(names[i], i + 10));
        using var reader = command.ExecuteReader();
        var rows = new List<object>();
        do
        {
            while (reader.Read())
                rows.Add(Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue).ToArray());
        }
        while (reader.NextResult());
        return rows;
    });

    private static void Bind(CompiledStatement statement, SqliteParameterCollection? parameters)
    {
        StreamValues? streams = null;
        ParameterBinder.Bind(statement, parameters, ref streams).ShouldBeTrue();
    }

    private static SqliteParameterCollection Parameters(params (string Name, object Value)[] values)
    {
        var parameters = new CommandParameters();
        foreach (var (name, value) in values)
            parameters.AddWithValue(name, value);
        return parameters;
    }
}
