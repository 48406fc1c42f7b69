using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Structure;

public class TypeCycleTests
{
    private static readonly TypeGraph Library = TypeGraph.Read(LibraryAssembly.Assembly.Location);

    [Test]
    public void Library_has_no_type_cycle_outside_the_face()
    {
        StronglyConnected.Knots(Library)
            .SelectMany(knot => knot.Where(type => !FaceDependencies.IsFace(type)))
            .Select(type => StronglyConnected.ShortestCycle(Library, type))
            .ShouldBeEmpty("these types know each other in a circle; move what both need into a type below them");
    }

    [Test]
    public void Library_has_at_most_one_knot()
    {
        StronglyConnected.Knots(Library).Select(knot => string.Join(", ", knot)).Skip(1)
            .ShouldBeEmpty("the face is one knot; a second one wants to be cut");
    }

    [Test]
    public void Features_depend_on_the_face_only_where_the_table_allows_it()
    {
        var uses = from type in Library.Types
                   where !FaceDependencies.IsFace(type)
                   from used in Library.ReferencesOf(type)
                   where FaceDependencies.IsFace(used) && !FaceDependencies.Allowed.Any(row => row.From == type && row.To == used)
                   select $"{type} -> {used}";
        uses.ShouldBeEmpty("features stand below the face; see FaceDependencies");
    }

    [Test]
    public void Table_of_face_dependencies_holds_only_what_exists()
    {
        FaceDependencies.Allowed
            .Where(row => Library.Types.Contains(row.From) && !Library.Has(row.From, row.To))
            .Select(row => $"{row.From} -> {row.To}")
            .ShouldBeEmpty("nothing uses these rows any more; delete them");
    }

    // What follows holds the tests above: a reader of metadata that sees nothing would let everything pass.
    [TestCase(nameof(TypeReferences), nameof(ReferenceCollector), Description = "a field and a call on it")]
    [TestCase(nameof(Repository), nameof(SourceFile), Description = "a generic argument")]
    [TestCase(nameof(TypeCycleTests), nameof(StronglyConnected), Description = "a static call")]
    [TestCase(nameof(TypeCycleTests), nameof(FaceDependencies), Description = "a static call from a lambda")]
    public void Type_graph_sees_a_use_when_a_type_names_another(string from, string to)
    {
        var tests = TypeGraph.Read(typeof(TypeCycleTests).Assembly.Location);

        tests.Has(from, to).ShouldBeTrue();
        tests.Has(to, from).ShouldBeFalse();
    }

    [Test]
    public void Knots_names_each_circle_when_there_are_several()
    {
        var graph = TypeGraph.Of(("A", "B"), ("B", "C"), ("C", "A"), ("C", "D"), ("D", "E"), ("E", "D"), ("E", "F"));

        StronglyConnected.Knots(graph).Select(knot => string.Concat(knot)).ShouldBe(["ABC", "DE"], ignoreOrder: true);
    }

    [Test]
    public void Shortest_cycle_names_the_way_round()
    {
        var graph = TypeGraph.Of(("A", "B"), ("B", "C"), ("C", "A"), ("B", "D"), ("D", "C"));

        StronglyConnected.ShortestCycle(graph, "A").ShouldBe("A -> B -> C -> A");
    }
}
