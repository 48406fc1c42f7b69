using System.Data.Common;
using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Structure;

/// <summary>A decorator that forgets a virtual member falls back to the base class in silence.</summary>
public class AdoNetOverrideTests
{
    private static readonly Type[] AdoNetTypes =
    [
        typeof(DbConnection), typeof(DbCommand), typeof(DbDataReader), typeof(DbTransaction), typeof(DbBatch),
        typeof(DbBatchCommand), typeof(DbDataSource), typeof(DbProviderFactory), typeof(DbConnectionStringBuilder),
        typeof(DbDataAdapter), typeof(DbCommandBuilder),
    ];

    private static IEnumerable<Type> ImplementedTypes => AdoNetTypes.Where(type => LibraryAssembly.SubclassOf(type) is not null);

    [TestCaseSource(nameof(ImplementedTypes))]
    public void Subclass_overrides_every_virtual_member_or_is_excused(Type adoNetType)
    {
        var ours = LibraryAssembly.SubclassOf(adoNetType)!;

        AdoNetMember.Of(adoNetType)
            .Where(member => !member.IsOverriddenIn(ours) && !AdoNetExcuses.Covers(member))
            .Select(member => member.ToString())
            .ShouldBeEmpty($"{ours.Name} inherits these; override them, or say in AdoNetExcuses why not");
    }

    [Test]
    public void Excuses_name_members_that_exist()
    {
        var members = AdoNetTypes.SelectMany(AdoNetMember.Of).Select(member => (member.Declaring, member.Name)).ToHashSet();

        AdoNetExcuses.Table.Where(row => !members.Contains((row.Declaring, row.Member)))
            .Select(row => $"{row.Declaring.Name}.{row.Member}")
            .ShouldBeEmpty();
    }

    [Test]
    public void Excuses_are_needed_when_the_face_is_complete()
    {
        // What a type that is still missing would inherit is not known.
        if (ImplementedTypes.Count() < AdoNetTypes.Length)
            return;

        var inherited = ImplementedTypes
            .SelectMany(type => AdoNetMember.Of(type).Where(member => !member.IsOverriddenIn(LibraryAssembly.SubclassOf(type)!)))
            .Select(member => (member.Declaring, member.Name))
            .ToHashSet();

        AdoNetExcuses.Table
            .Where(row => !inherited.Contains((row.Declaring, row.Member)))
            .Select(row => $"{row.Declaring.Name}.{row.Member}")
            .ShouldBeEmpty("these are overridden everywhere; delete their excuses");
    }

    [Test]
    public void Face_is_complete_when_it_has_a_connection()
    {
        if (!ImplementedTypes.Contains(typeof(DbConnection)))
            return;

        AdoNetTypes.Except(ImplementedTypes).Select(type => type.Name)
            .ShouldBeEmpty("the library has no sealed subclass of these");
    }

    // The check of the checks: the override finder must see what is there, and see nothing where nothing is.
    [Test]
    public void Is_overridden_in_tells_an_override_from_an_inherited_member()
    {
        var members = AdoNetMember.Of(typeof(DbConnection)).ToLookup(member => member.Name);

        members["Open"].ShouldAllBe(member => member.IsOverriddenIn(typeof(Microsoft.Data.Sqlite.SqliteConnection)));
        members["CloseAsync"].ShouldAllBe(member => !member.IsOverriddenIn(typeof(Microsoft.Data.Sqlite.SqliteConnection)));
    }
}
