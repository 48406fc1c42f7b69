using System.Globalization;
using System.Reflection;

namespace WalProvider.Tests;

/// <summary>A fixture that the soak runs, with what it is called in the table.</summary>
internal sealed record SoakRow(int Number, string Title, string Target, string Fixture)
{
    /// <summary>Every row of this assembly, in their order.</summary>
    public static IReadOnlyList<SoakRow> All { get; } =
    [
        .. typeof(SoakRow).Assembly.GetTypes()
            .Select(type => (type, row: type.GetCustomAttribute<RowAttribute>()))
            .Where(found => found.row is not null)
            .Select(found => new SoakRow(found.row!.Number, found.row.Title, found.row.Target, found.type.FullName!))
            .OrderBy(row => row.Number),
    ];

    /// <summary>Those of the numbers given, or all.</summary>
    /// <exception cref="FormatException">One of them is no number.</exception>
    public static IReadOnlyList<SoakRow> Chosen(IReadOnlyCollection<string> numbers)
    {
        var wanted = numbers.Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToHashSet();
        return wanted.Count == 0 ? All : [.. All.Where(row => wanted.Contains(row.Number))];
    }
}
