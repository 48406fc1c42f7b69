using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace WalProvider.Tests.Structure;

/// <summary>
/// Which type of an assembly names which other: by base types, interfaces, constraints, attributes, fields,
/// signatures, local variables, catch clauses and method bodies. A nested type counts as its outermost one.
/// </summary>
/// <remarks>Constants leave no trace in IL: a use of another type's <c>const</c> is not seen.</remarks>
internal sealed class TypeGraph
{
    private readonly Dictionary<string, SortedSet<string>> _edges = new(StringComparer.Ordinal);

    private TypeGraph()
    {
    }

    public IReadOnlyCollection<string> Types => _edges.Keys;

    public static TypeGraph Read(string assemblyPath)
    {
        using var stream = File.OpenRead(assemblyPath);
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        var graph = new TypeGraph();
        var collector = new ReferenceCollector(metadata);
        foreach (var handle in metadata.TypeDefinitions)
        {
            var owner = OutermostName(metadata, handle);
            if (!IsWrittenByHand(owner))
                continue;
            new TypeReferences(image, metadata, collector).Collect(handle);
            graph.Add(owner, collector.Take().Select(reference => OutermostName(metadata, reference)));
        }

        return graph;
    }

    /// <summary>A graph of these edges, for the tests of what is computed on it.</summary>
    public static TypeGraph Of(params (string From, string To)[] edges)
    {
        var graph = new TypeGraph();
        foreach (var (from, to) in edges)
        {
            graph.Add(from, [to]);
            graph.Add(to, []);
        }

        return graph;
    }

    public IReadOnlyCollection<string> ReferencesOf(string type) => _edges.TryGetValue(type, out var found) ? found : [];

    public bool Has(string from, string to) => ReferencesOf(from).Contains(to);

    private void Add(string owner, IEnumerable<string> references)
    {
        if (!_edges.TryGetValue(owner, out var found))
            _edges.Add(owner, found = new SortedSet<string>(StringComparer.Ordinal));
        found.UnionWith(references.Where(name => name != owner && IsWrittenByHand(name)));
    }

    // What the compiler adds beside our types: <Module>, <PrivateImplementationDetails>, attributes that it embeds.
    private static bool IsWrittenByHand(string name) =>
        !name.StartsWith('<') && name is not ("EmbeddedAttribute" or "NullableAttribute" or "NullableContextAttribute"
            or "IsUnmanagedAttribute" or "RefSafetyRulesAttribute" or "ParamCollectionAttribute");

    private static string OutermostName(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil)
            type = metadata.GetTypeDefinition(type.GetDeclaringType());
        return metadata.GetString(type.Name);
    }
}
