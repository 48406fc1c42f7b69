using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace WalProvider.Tests;

/// <summary>A process of test/WalProvider.Worker; its Program.cs lists the verbs. Disposing ends it, whatever it waits for.</summary>
internal sealed class WorkerProcess : IDisposable
{
    /// <summary>Longer than any worker takes on a busy machine; only a hung one meets it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;

    private WorkerProcess(Process process) => _process = process;

    /// <summary>The dll, as test/WalProvider.Worker/UseWorker.targets wrote it into the assembly.</summary>
    private static string Dll => typeof(WorkerProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "WorkerPath").Value!;

    /// <summary>The dotnet that runs this test, which need not be the one on the PATH.</summary>
    private static string Host => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
        ? Environment.ProcessPath!
        : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public static WorkerProcess Start(params string[] arguments) => Start(new Dictionary<string, string>(), arguments);

    /// <summary>Starts a worker with more variables in its environment.</summary>
    public static WorkerProcess Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Host, [Dll, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new WorkerProcess(Process.Start(start)!);
    }

    /// <summary>Starts a worker, waits for its end and returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">Its exit code is not 0; the message is its standard error.</exception>
    public static string Run(params string[] arguments)
    {
        using var worker = Start(arguments);
        var output = worker.ReadLine();
        return worker.WaitForExit() == 0 ? output! : throw new InvalidOperationException(worker._process.StandardError.ReadToEnd());
    }

    /// <summary>Waits for the next line that it prints; null when it ended.</summary>
    public string? ReadLine()
    {
        using var limit = new CancellationTokenSource(Patience);
        return _process.StandardOutput.ReadLineAsync(limit.Token).AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Sends a line, for which a worker that is ready waits.</summary>
    public void Send(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>Ends it as a crash would, and waits until it is gone.</summary>
    public void Kill()
    {
        _process.Kill();
        WaitForExit();
    }

    /// <summary>Sends it a signal, by its name without SIG.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-s", name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public int WaitForExit()
        => _process.WaitForExit(Patience) ? _process.ExitCode : throw new TimeoutException("The worker process did not end.");

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
