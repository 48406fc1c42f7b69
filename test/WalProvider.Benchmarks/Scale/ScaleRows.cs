using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace WalProvider.Benchmarks;

/// <summary>
/// Brings ever more rows into a new table with a key that grows, each time in a process of its own: by fresh commands in batches,
/// and by the tool's import of a CSV file.
/// </summary>
internal sealed class ScaleRows(string folder, Action<string> progress)
{
    public const string Batch = "fresh commands, batch of 5,000";
    public const string Import = "import of a CSV file";
    private const int LookMilliseconds = 5;

    /// <summary>What the process of a batch does; it writes how many milliseconds it took.</summary>
    public static void Insert(string database, long rows)
    {
        using var connection = Databases.OpenOurs(database, "Write Batch Size=5000");
        var start = Stopwatch.GetTimestamp();
        for (var id = 1L; id <= rows; id++)
        {
            Items.InsertFresh(connection, null, id);
        }

        connection.CommitBatch();
        Console.WriteLine(JsonSerializer.Serialize(new { seconds = Stopwatch.GetElapsedTime(start).TotalSeconds }));
    }

    public RowsReport RunBatch(long rows)
    {
        progress($"{Batch}: {Numbers.Whole(rows)} rows");
        var database = Path.Combine(folder, "batch.db");
        return Watch(Batch, rows, database, Myself.Start("scale-insert", database, rows.ToString(CultureInfo.InvariantCulture)));
    }

    public RowsReport RunImport(long rows)
    {
        progress($"{Import}: {Numbers.Whole(rows)} rows");
        var database = Path.Combine(folder, "import.db");
        var file = WriteCsv(rows);
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { Path.Combine(AppContext.BaseDirectory, "WalProvider.Tool.dll"), "import", file, "--into", database, "--json" })
        {
            start.ArgumentList.Add(argument);
        }

        var report = Watch(Import, rows, database, Process.Start(start)!);
        File.Delete(file);
        return report;
    }

    private static RowsReport Watch(string way, long rows, string database, Process process)
    {
        using var running = process;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StartInfo.RedirectStandardError ? process.StandardError.ReadToEndAsync() : Task.FromResult("");
        var (memory, wal) = (0L, 0L);
        while (!process.WaitForExit(LookMilliseconds))
        {
            process.Refresh();
            memory = Math.Max(memory, process.HasExited ? 0 : process.WorkingSet64);
            wal = Math.Max(wal, new FileInfo(database + "-wal") is { Exists: true } file ? file.Length : 0);
        }

        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{way} of {rows} rows failed: {errors.Result}");
        }

        using var answer = JsonDocument.Parse(output.Result);
        File.Delete(database);
        return new RowsReport(way, rows, answer.RootElement.GetProperty("seconds").GetDouble(), memory, wal);
    }

    private string WriteCsv(long rows)
    {
        var path = Path.Combine(folder, "rows.csv");
        using var writer = new StreamWriter(path);
        writer.WriteLine("id,name,price,note");
        for (var id = 1L; id <= rows; id++)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{id},{Items.NameOf(id)},{Items.PriceOf(id)},{Items.NoteOf(id)}"));
        }

        return path;
    }
}
