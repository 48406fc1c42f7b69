using System.Data.Common;
using NUnit.Framework;

namespace WalProvider.Conformance.Tests;

public sealed class BuilderConformance(Variant variant) : Conformance(variant)
{
    private static readonly string[] Keywords =
    [
        "Data Source", "DataSource", "Filename", "Mode", "Cache", "Password", "Foreign Keys", "Recursive Triggers", "Default Timeout",
        "Command Timeout", "Pooling",
    ];

    [TestCase("Data Source=a.db")]
    [TestCase("filename='a b;c.db';mode=readonly;CACHE=shared")]
    [TestCase("Data Source=:memory:;Foreign Keys=;Recursive Triggers=True;Default Timeout=9;Pooling=false")]
    [TestCase("Mode=Memory;Data Source=x;Password=\"a\"\"b\"")]
    [TestCase("")]
    public Task Builder_reads_and_writes_the_same_text(string text) => Agree(async: false, side =>
    {
        var builder = side.Factory.CreateConnectionStringBuilder()!;
        builder.ConnectionString = text;
        side.Note(builder.ConnectionString);
        side.Note(builder.ToString());
        foreach (var keyword in Keywords)
        {
            side.Note(() => builder.ContainsKey(keyword));
            side.Note(() => builder.ShouldSerialize(keyword));
            side.Note(() => builder[keyword]);
            side.Note(() => builder.TryGetValue(keyword, out var value) ? value : "none");
        }

        return Task.CompletedTask;
    });

    [Test]
    public Task Builder_takes_values_of_every_kind() => Agree(async: false, side =>
    {
        var builder = side.Factory.CreateConnectionStringBuilder()!;
        Set("Data Source", "x.db");
        Set("Mode", "ReadOnly");
        Set("Mode", 1);
        Set("Cache", "Shared");
        Set("Cache", null);
        Set("Foreign Keys", true);
        Set("Foreign Keys", "False");
        Set("Foreign Keys", null);
        Set("Recursive Triggers", "true");
        Set("Default Timeout", "12");
        Set("Default Timeout", 13);
        Set("Pooling", "False");
        side.Note(() => builder.Remove("Pooling"));
        side.Note(() => builder.Remove("pooling"));
        side.Note(() => builder.Remove("Mode"));
        side.Note(builder.ConnectionString);
        builder.Clear();
        side.Note(builder.ConnectionString);
        return Task.CompletedTask;

        void Set(string keyword, object? value)
        {
            side.Note(() => builder[keyword] = value!, $"{keyword} = {value}");
            side.Note(builder.ConnectionString);
        }
    });

    [TestCase("Data Source=a.db;Mode=ReadOnly", "mode=ReadOnly;filename=a.db")]
    [TestCase("Data Source=a.db", "Data Source=A.db")]
    public Task Builders_are_equivalent_alike(string one, string other) => Agree(async: false, side =>
    {
        side.Note(Make(one).EquivalentTo(Make(other)));
        side.Note(Make(one).EquivalentTo(Make(one)));
        return Task.CompletedTask;

        DbConnectionStringBuilder Make(string text)
        {
            var builder = side.Factory.CreateConnectionStringBuilder()!;
            builder.ConnectionString = text;
            return builder;
        }
    });
}
