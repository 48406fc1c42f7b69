using Spectre.Console;
using Spectre.Console.Rendering;

namespace WalProvider.Tool;

/// <summary>What a person sees who watches a WAL: the last looks, one below the other, with the length drawn.</summary>
internal sealed class WatchPicture(string path)
{
    /// <summary>How many looks stay on the screen.</summary>
    public const int Looks = 15;

    private const int BarWidth = 24;

    private readonly Queue<WalChange> _looks = [];
    private long _longest;

    /// <summary>Takes one more look in and draws them all.</summary>
    public IRenderable Add(WalChange look)
    {
        _longest = Math.Max(_longest, look.WalBytes);
        _looks.Enqueue(look);
        if (_looks.Count > Looks)
            _looks.Dequeue();

        var table = new Table { Border = TableBorder.Rounded, Title = new TableTitle(Markup.Escape(path)) };
        table.AddColumn("time");
        table.AddColumn($"WAL, longest seen {Quantity.Bytes(_longest)}");
        foreach (var heading in new[] { "bytes", "frames", "in the main file", "written" })
            table.AddColumn(new TableColumn(heading).RightAligned());
        table.AddColumn("");
        foreach (var seen in _looks)
            table.AddRow([.. Cells(seen).Select(Markup.Escape)]);
        return table;
    }

    private IEnumerable<string> Cells(WalChange look) =>
    [
        $"{look.Time:HH:mm:ss}",
        new string('█', (int)Math.Round((double)BarWidth * look.WalBytes / Math.Max(1, _longest))).PadRight(BarWidth, '·'),
        Quantity.Bytes(look.WalBytes),
        Quantity.Count(look.Frames ?? 0),
        Quantity.Count(look.CheckpointedFrames ?? 0),
        Quantity.Count(look.WrittenFrames),
        look.WasCheckpointed ? "checkpoint" : "",
    ];
}
