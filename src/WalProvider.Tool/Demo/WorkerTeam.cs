using System.Diagnostics;
using System.Text.Json;

namespace WalProvider.Tool;

/// <summary>Worker processes that each read the whole database at the same time.</summary>
internal sealed class WorkerTeam(IDemoSource source, int size)
{
    /// <summary>Runs the workers until all have reported.</summary>
    /// <param name="database">The database that they read.</param>
    /// <param name="isWrapped">Whether they read it through the wrapped provider.</param>
    /// <param name="report">Told how many are done.</param>
    /// <param name="cancellationToken">Ends the workers.</param>
    public async Task<WorkerReport[]> RunAsync(string database, bool isWrapped, Action<int> report, CancellationToken cancellationToken)
    {
        var done = 0;
        return await Task.WhenAll(Enumerable.Range(1, size).Select(async number =>
        {
            var result = await RunOneAsync(number, database, isWrapped, cancellationToken);
            report(Interlocked.Increment(ref done));
            return result;
        }));
    }

    private async Task<WorkerReport> RunOneAsync(int number, string database, bool isWrapped, CancellationToken cancellationToken)
    {
        string[] arguments = ["worker", database, "--number", $"{number}", .. isWrapped ? (string[])["--wrapped"] : [], .. source.WorkerArguments];
        using var process = Process.Start(ToolProcess.StartInfo(arguments))!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return Read(number, process.ExitCode, await output, await error);
        }
        finally
        {
            // Whatever ended the waiting: a worker that outlived it would keep the database open.
            if (!process.HasExited)
            {
                process.Kill();
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    private static WorkerReport Read(int number, int exitCode, string output, string error)
    {
        try
        {
            var report = JsonSerializer.Deserialize<WorkerReport>(output, JsonSerializerOptions.Web);
            if (report is not null)
                return report with { IsRight = report.IsRight && exitCode == ExitCode.Done };
        }
        catch (JsonException)
        {
            // It ended before it could report; its standard error says more than this would.
        }

        return new WorkerReport(number, 0, null, IsRight: false, 0, $"exit code {exitCode}: {error.Trim()}");
    }
}
