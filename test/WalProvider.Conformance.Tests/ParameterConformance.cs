using System.Data;
using System.Data.Common;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Conformance.Tests;

/// <summary>Parameters and their one collection: defaults, names, what binds and what is refused.</summary>
public sealed class ParameterConformance(Variant variant) : Conformance(variant)
{
    [Test]
    public Task Parameter_begins_with_the_same_defaults() => Agree(async: false, side =>
    {
        var parameter = side.Factory.CreateParameter()!;
        Note();
        parameter.ParameterName = null!;
        parameter.SourceColumn = null!;
        parameter.DbType = DbType.Int32;
        parameter.Value = null;
        Note();
        parameter.ResetDbType();
        Note();
        return Task.CompletedTask;

        void Note()
        {
            foreach (var property in typeof(DbParameter).GetProperties().Where(property => property.Name != nameof(DbParameter.SourceVersion)))
                side.Note(() => property.GetValue(parameter), property.Name);
        }
    });

    [Test]
    public Task Collection_refuses_and_finds_alike() => Agree(async: false, side =>
    {
        var command = side.Command(null, "SELECT 1");
        var all = command.Parameters;
        side.Note(() => all.Add(null!));
        side.Note(() => all.Insert(0, null!));
        side.Note(() => all.Insert(-1, Make("@x")));
        side.Note(() => all.Insert(1, Make("@x")));
        side.Note(() => all.Insert(0, Make("@a")));
        side.Note(all.Count);
        side.Note(() => all.Add(Make("@b")));
        side.Note(() => all.AddRange(new[] { Make("c"), Make("$d") }));
        foreach (var name in new[] { "@a", "a", "@B", "c", "@c", "$d", ":d", "", null })
        {
            side.Note(() => all.IndexOf(name!), name);
            side.Note(() => all.Contains(name!), name);
            side.Note(() => all[name!].ParameterName, name);
        }

        side.Note(() => all.Contains((object)null!));
        side.Note(() => all.IndexOf((object)null!));
        side.Note(() => all[-1]);
        side.Note(() => all[9]);
        side.Note(() => all[0] = null!);
        side.Note(() => all["@a"] = null!);
        side.Note(() => all["@none"] = Make("@e"));
        side.Note(() => all.Remove(null!));
        side.Note(() => all.Remove(Make("@a")));
        side.Note(() => all.RemoveAt(-1));
        side.Note(() => all.RemoveAt(9));
        side.Note(() => all.RemoveAt("@none"));
        side.Note(() => all.RemoveAt("@b"));
        side.Note(() => all.RemoveAt(0));
        side.Note(all.Cast<DbParameter?>().Select(parameter => parameter?.ParameterName).ToArray());
        side.Note(all.IsFixedSize);
        side.Note(all.IsReadOnly);
        side.Note(all.IsSynchronized);
        side.Note(ReferenceEquals(all.SyncRoot, all.SyncRoot));
        all.Clear();
        side.Note(all.Count);
        return Task.CompletedTask;

        DbParameter Make(string name)
        {
            var parameter = side.Factory.CreateParameter()!;
            parameter.ParameterName = name;
            return parameter;
        }
    });

    [Test]
    public Task Names_bind_with_and_without_their_sign([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        foreach (var sql in new[] { "SELECT @a", "SELECT $a", "SELECT :a", "SELECT ?", "SELECT ?1", "SELECT @a, $a", "SELECT 1", "SELECT @a, @b", "SELECT @A" })
        {
            foreach (var name in new[] { "@a", "$a", ":a", "a", "?", "?1", "1", "", "@A" })
                await side.Note(() => side.Rows(side.Command(connection, sql, (name, 5))), $"{sql} of {name}");
        }

        await side.Note(() => side.Rows(side.Command(connection, "SELECT @a, @b", ("@a", 1), ("@b", 2), ("@unknown", 3))));
        await side.Note(() => side.Rows(side.Command(connection, "SELECT @a; SELECT @b; SELECT @a", ("@a", 1), ("@b", 2))));
        await side.Note(() => side.Rows(side.Command(connection, "SELECT @a; SELECT @b", ("@a", 1))));
    });

    [Test]
    public Task Value_that_was_never_set_is_refused_and_NULL_is_taken([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        var command = side.Command(connection, "SELECT @a IS NULL");
        var parameter = command.CreateParameter();
        parameter.ParameterName = "@a";
        command.Parameters.Add(parameter);
        await side.Note(() => side.Scalar(command));
        parameter.Value = null;
        await side.Note(() => side.Scalar(command));
        parameter.Value = DBNull.Value;
        await side.Note(() => side.Scalar(command));
        parameter.Value = 1;
        await side.Note(() => side.Scalar(command));
    });

    [Test]
    public Task Size_cuts_texts_and_blobs([Values] bool async) => Agree(async, async side =>
    {
        var connection = await side.Open();
        foreach (var size in new[] { 0, 1, 3, 100, -1 })
        {
            foreach (var value in new object[] { "añ😀d", new byte[] { 1, 2, 3, 4 }, 12345 })
            {
                var command = side.Command(connection, "SELECT @a, hex(@a)", ("@a", value));
                side.Note(() => command.Parameters[0].Size = size, $"{size}");
                side.Note(() => command.Parameters[0].Size, $"{size}");
                await side.Note(() => side.Rows(command), $"{size} of {value}");
            }
        }
    });

    [TestCase('x')]
    [TestCase(DayOfWeek.Friday)]
    public async Task Size_of_nothing_does_not_cut_what_is_neither_text_nor_blob(object value)
    {
        value = value is DayOfWeek ? Guid.Empty : value;
        var ours = await Differ(Listed.SizeOfNothing, async: true, async side =>
        {
            var command = side.Command(await side.Open(), "SELECT length(@a)", ("@a", value));
            command.Parameters[0].Size = 0;
            await side.Note(() => side.Scalar(command));
        });
        ours.ShouldHaveSingleItem().ShouldEndWith(value is char ? "Int64 1" : "Int64 36");
    }

    [Test]
    public Task DbType_changes_what_is_stored_alike([Values] DbType type) => Agree(async: true, async side =>
    {
        var connection = await side.Open();
        foreach (var value in new object[] { 1, 1.5, "1.5", true, 'x', new DateTime(2024, 2, 29, 1, 2, 3), TimeSpan.FromHours(1), Guid.Empty, new byte[] { 65 }, 12.5m, DBNull.Value })
        {
            await side.Note(() => side.Rows(Command(value)), $"{value}");
        }

        DbCommand Command(object value)
        {
            var command = side.Command(connection, "SELECT @a, typeof(@a), hex(@a)", ("@a", value));
            try
            {
                command.Parameters[0].DbType = type;
            }
            catch (ArgumentException error)
            {
                side.Note(error.Message);
            }

            return command;
        }
    });
}
