using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Amazon.Runtime;
using Amazon.S3;
using NUnit.Framework;

namespace WalProvider.Tests;

/// <summary>
/// s3rver on loopback: a server that speaks S3, installed from the npm registry below artifacts/ at first use. Without
/// node the tests are skipped, save where CI=true promises it.
/// </summary>
internal sealed class S3Server : IDisposable
{
    public const string Bucket = "backups";
    private const string Version = "3.7.1";

    /// <summary>Longer than an installation takes over a slow line.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly TempFolder _data;
    private readonly Process _process;

    private S3Server(TempFolder data, Process process, int port)
    {
        _data = data;
        _process = process;
        Url = $"http://127.0.0.1:{port}";
    }

    public string Url { get; }

    private static string Root => typeof(S3Server).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    public static S3Server Start()
    {
        var script = Install();
        var port = FreePort();
        var data = new TempFolder();
        var process = Process.Start(new ProcessStartInfo(
            "node", [script, "-d", data.Path, "-a", "127.0.0.1", "-p", $"{port}", "--configure-bucket", Bucket])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var limit = new CancellationTokenSource(Limit);
        // It says where it listens, or ends.
        var line = process.StandardOutput.ReadLineAsync(limit.Token).AsTask().GetAwaiter().GetResult();
        if (line is null)
        {
            data.Dispose();
            throw new InvalidOperationException($"s3rver did not start: {process.StandardError.ReadToEnd()}");
        }

        // A pipe that nobody reads would stop the server when it is full.
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        return new S3Server(data, process, port);
    }

    /// <summary>A client for servers that are not S3 itself: without the checksums that bring the chunk framing back.</summary>
    public AmazonS3Client CreateClient() => new(
        new BasicAWSCredentials("S3RVER", "S3RVER"),
        new AmazonS3Config
        {
            ServiceURL = Url,
            ForcePathStyle = true,
            UseHttp = true,
            AuthenticationRegion = "us-east-1",
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _data.Dispose();
    }

    private static string Install()
    {
        var folder = Path.Combine(Root, "artifacts", "s3rver");
        var script = Path.Combine(folder, "node_modules", "s3rver", "bin", "s3rver.js");
        if (File.Exists(script))
        {
            return script;
        }

        Directory.CreateDirectory(folder);
        var why = Run("npm", "install", $"s3rver@{Version}", "--prefix", folder, "--no-audit", "--no-fund", "--prefer-offline");
        if (why is not null || !File.Exists(script))
        {
            GiveUp($"s3rver {Version} could not be installed ({why}); the tests against an S3 server need node, npm and its registry.");
        }

        return script;
    }

    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Limit))
            {
                process.Kill(entireProcessTree: true);
                return $"{program} took longer than {Limit}";
            }

            return process.ExitCode == 0 ? null : $"{program} ended with {process.ExitCode}: {error.Result}{output.Result}";
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            return $"{program}: {error.Message}";
        }
    }

    private static void GiveUp(string reason)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            throw new InvalidOperationException(reason);
        }

        Assert.Ignore(reason);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
