using NUnit.Framework;
using Shouldly;
using SQLitePCL;

namespace WalProvider.Tests;

[TestFixture]
public sealed class ColumnTypesTests
{
    [TestCase(raw.SQLITE_INTEGER, typeof(long), "INTEGER")]
    [TestCase(raw.SQLITE_FLOAT, typeof(double), "REAL")]
    [TestCase(raw.SQLITE_TEXT, typeof(string), "TEXT")]
    [TestCase(raw.SQLITE_BLOB, typeof(byte[]), "BLOB")]
    [TestCase(raw.SQLITE_NULL, typeof(byte[]), "BLOB")]
    public void Clr_and_Name_know_each_storage_class(int storageClass, Type clr, string name)
    {
        ColumnTypes.Clr(storageClass).ShouldBe(clr);
        ColumnTypes.Name(storageClass).ShouldBe(name);
    }

    [TestCase("integer", typeof(long))]
    [TestCase("real", typeof(double))]
    [TestCase("text", typeof(string))]
    [TestCase("blob", typeof(byte[]))]
    [TestCase("null", typeof(byte[]))]
    public void Clr_knows_each_answer_of_typeof(string typeOf, Type clr) => ColumnTypes.Clr(typeOf).ShouldBe(clr);

    [TestCase("INTEGER", raw.SQLITE_INTEGER)]
    [TestCase("bigint unsigned", raw.SQLITE_INTEGER)]
    [TestCase("CHARINT", raw.SQLITE_INTEGER)]
    [TestCase("FLOATING POINT", raw.SQLITE_INTEGER)]
    [TestCase("varchar", raw.SQLITE_TEXT)]
    [TestCase("NCLOB", raw.SQLITE_TEXT)]
    [TestCase("text", raw.SQLITE_TEXT)]
    [TestCase("BLOB", raw.SQLITE_BLOB)]
    [TestCase("Double", raw.SQLITE_FLOAT)]
    [TestCase("float", raw.SQLITE_FLOAT)]
    [TestCase("REAL", raw.SQLITE_FLOAT)]
    [TestCase("NUMERIC", raw.SQLITE_TEXT)]
    [TestCase("DATETIME", raw.SQLITE_TEXT)]
    [TestCase("", raw.SQLITE_TEXT)]
    public void Affinity_follows_the_rules_of_SQLite_in_their_order(string declared, int expected)
        => ColumnTypes.Affinity(declared).ShouldBe(expected);
}
