using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests;

[TestFixture]
public sealed unsafe class CompiledStatementTests
{
    [Test]
    public void Clear_takes_back_what_the_parameters_took()
    {
        using var engine = new OpenEngine();
        using var statement = engine.Compile("SELECT $text");
        var room = statement.Arena.Rest.Length;
        _ = statement.Arena.Take(100);
        statement.Arena.Rest.Length.ShouldBe(room - 100);

        statement.Clear();

        statement.Arena.Rest.Length.ShouldBe(room);
    }
}
