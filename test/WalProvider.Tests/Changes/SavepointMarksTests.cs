using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Changes;

[TestFixture]
public sealed class SavepointMarksTests
{
    [TestCase("SAVEPOINT x", "ROLLBACK TO x")]
    [TestCase("savepoint X", "rollback to savepoint x")]
    [TestCase("/* c */ SAVEPOINT \"a b\" -- c", "ROLLBACK TRANSACTION TO SAVEPOINT \"A B\";")]
    [TestCase("SAVEPOINT \"a\"\"b\"", "ROLLBACK TO [a\"b]")]
    [TestCase("SAVEPOINT 'it''s'", "ROLLBACK TO `it's`")]
    [TestCase("SAVEPOINT größe$1", "ROLLBACK TO größe$1")]
    [TestCase("SAVEPOINT [to]", "ROLLBACK TO [to]")]
    [TestCase("SAVEPOINT \"transaction\"", "ROLLBACK TRANSACTION TO \"transaction\"")]
    public void Follow_finds_the_savepoint_however_it_is_spelled(string begin, string back)
    {
        var marks = new SavepointMarks();
        marks.Follow(begin, 3).ShouldBe(3);

        marks.Follow(back, 9).ShouldBe(3);
        marks.Follow(back, 9).ShouldBe(3);
    }

    [Test]
    public void Follow_takes_the_latest_of_several_alike()
    {
        var marks = new SavepointMarks();
        marks.Follow("SAVEPOINT x", 1);
        marks.Follow("SAVEPOINT x", 2);

        marks.Follow("ROLLBACK TO x", 9).ShouldBe(2);
        marks.Follow("RELEASE x", 5).ShouldBe(5);
        marks.Follow("ROLLBACK TO x", 9).ShouldBe(1);
    }

    [Test]
    public void Follow_forgets_the_inner_ones_when_an_outer_one_ends([Values] bool isRelease)
    {
        var marks = new SavepointMarks();
        marks.Follow("SAVEPOINT a", 1);
        marks.Follow("SAVEPOINT b", 2);
        marks.Follow("SAVEPOINT c", 3);

        marks.Follow(isRelease ? "RELEASE SAVEPOINT b" : "ROLLBACK TO b", 9).ShouldBe(isRelease ? 9 : 2);

        marks.Follow("ROLLBACK TO a", 9).ShouldBe(1);
    }

    [Test]
    public void Follow_drops_all_when_a_savepoint_was_set_before_it_began_to_look()
    {
        var marks = new SavepointMarks();
        marks.Follow("SAVEPOINT later", 2);

        marks.Follow("ROLLBACK TO earlier", 9).ShouldBe(0);
    }

    [Test]
    public void Clear_forgets_all()
    {
        var marks = new SavepointMarks();
        marks.Follow("SAVEPOINT x", 2);
        marks.Clear();

        marks.Follow("ROLLBACK TO x", 9).ShouldBe(0);
    }
}
