using Shouldly;

namespace WalProvider.Tests;

/// <summary>Several workers that set out together. Disposing ends them.</summary>
internal sealed class WorkerFleet : IDisposable
{
    private readonly List<WorkerProcess> _workers = [];

    /// <summary>Starts them and waits until each has printed "ready".</summary>
    /// <param name="calls">The arguments of each.</param>
    public WorkerFleet(IEnumerable<string[]> calls)
    {
        try
        {
            _workers.AddRange(calls.Select(WorkerProcess.Start));
            _workers.ForEach(worker => worker.ReadLine().ShouldBe("ready"));
        }
        catch (Exception)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Sends each a line.</summary>
    public void Send(string line) => _workers.ForEach(worker => worker.Send(line));

    /// <summary>The last line of each, once it has ended without an error.</summary>
    public IReadOnlyList<string> ReadLines()
    {
        var lines = _workers.ConvertAll(worker => worker.ReadLine());
        _workers.ForEach(worker => worker.WaitForExit().ShouldBe(0));
        return [.. lines.Select(line => line.ShouldNotBeNull())];
    }

    public void Dispose() => _workers.ForEach(worker => worker.Dispose());
}
