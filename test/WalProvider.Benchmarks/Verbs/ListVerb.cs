using System.CommandLine;

namespace WalProvider.Benchmarks;

/// <summary><c>list</c>: the names of the rows and what they do.</summary>
internal static class ListVerb
{
    public static Command Create()
    {
        var command = new Command("list", "Names the rows.");
        command.SetAction(_ =>
        {
            foreach (var row in RowList.All)
            {
                Console.WriteLine($"{row.Name,-24} {row.Work}");
            }
        });
        return command;
    }
}
