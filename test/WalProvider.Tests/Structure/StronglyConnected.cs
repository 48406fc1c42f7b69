namespace WalProvider.Tests.Structure;

/// <summary>The knots of a <see cref="TypeGraph"/>: sets of types each of which reaches every other.</summary>
internal static class StronglyConnected
{
    /// <summary>The components of more than one type, by Kosaraju's two passes.</summary>
    public static IReadOnlyList<IReadOnlyCollection<string>> Knots(TypeGraph graph)
    {
        var finished = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var type in graph.Types)
            Visit(type, graph.ReferencesOf, seen, finished);

        var referrers = graph.Types.SelectMany(from => graph.ReferencesOf(from).Select(to => (from, to)))
            .ToLookup(edge => edge.to, edge => edge.from, StringComparer.Ordinal);
        var knots = new List<IReadOnlyCollection<string>>();
        seen.Clear();
        foreach (var type in Enumerable.Reverse(finished))
        {
            var component = new List<string>();
            Visit(type, name => referrers[name], seen, component);
            if (component.Count > 1)
                knots.Add([.. component.Order(StringComparer.Ordinal)]);
        }

        return knots;
    }

    /// <summary>The shortest way from <paramref name="start"/> back to itself, as <c>A -> B -> A</c>.</summary>
    public static string ShortestCycle(TypeGraph graph, string start)
    {
        var cameFrom = new Dictionary<string, string>(StringComparer.Ordinal);
        var queue = new Queue<string>([start]);
        while (queue.TryDequeue(out var type) && !cameFrom.ContainsKey(start))
        {
            foreach (var next in graph.ReferencesOf(type).Where(next => cameFrom.TryAdd(next, type)))
                queue.Enqueue(next);
        }

        var path = new List<string> { start };
        do
            path.Add(cameFrom[path[^1]]);
        while (path[^1] != start);
        path.Reverse();
        return string.Join(" -> ", path);
    }

    private static void Visit(string type, Func<string, IEnumerable<string>> next, HashSet<string> seen, List<string> finished)
    {
        if (!seen.Add(type))
            return;
        foreach (var neighbour in next(type))
            Visit(neighbour, next, seen, finished);
        finished.Add(type);
    }
}
