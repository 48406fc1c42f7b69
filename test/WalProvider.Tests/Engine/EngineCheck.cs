using System.Collections;
using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using SQLitePCL;

namespace WalProvider.Tests;

/// <summary>
/// Runs tests of this assembly in a process of their own, where what is chosen once a process is chosen otherwise: the
/// engine, and whether its exports are called.
/// </summary>
internal static class EngineCheck
{
    public const string Bundled = "bundled";
    public const string SystemLibrary = "/usr/lib/x86_64-linux-gnu/libsqlite3.so.0";

    /// <param name="args">The engine, "exports" or "raw", and the fixtures to run.</param>
    public static int Main(string[] args)
    {
        if (args.Length < 2)
        {
            Console.Error.WriteLine($"usage: {typeof(EngineCheck).Assembly.GetName().Name} {Bundled}|PATH exports|raw FIXTURE ...");
            return 2;
        }

        if (args[0] != Bundled)
            UseEngine(args[0]);
        AppContext.SetSwitch(EngineLibrary.Switch, args[1] == "exports");
        using (var connection = new SqliteConnection("Data Source=:memory:"))
            connection.Open();
        Console.WriteLine($"engine {raw.sqlite3_libversion().utf8_to_string()} reached {EngineExports.AreReached}");
        var failures = args.Skip(2).SelectMany(Run).ToArray();
        Array.ForEach(failures, Console.WriteLine);
        return failures.Length == 0 ? 0 : 1;
    }

    private static void UseEngine(string path)
        => NativeLibrary.SetDllImportResolver(
            typeof(SQLite3Provider_e_sqlite3).Assembly, (name, _, _) => name == "e_sqlite3" ? NativeLibrary.Load(path) : 0);

    private static IEnumerable<string> Run(string fixture)
    {
        var type = Type.GetType($"{typeof(EngineCheck).Namespace}.{fixture}", throwOnError: true)!;
        var ran = 0;
        foreach (var method in type.GetMethods())
        {
            foreach (var arguments in Cases(type, method))
            {
                ran++;
                if (Failure(type, method, arguments) is { } failure)
                    yield return $"FAILED {fixture}.{method.Name}({string.Join(", ", arguments)}): {failure}";
            }
        }

        Console.WriteLine($"ran {ran} of {fixture}");
    }

    private static IEnumerable<object?[]> Cases(Type type, MethodInfo method)
    {
        var inline = method.GetCustomAttributes<TestCaseAttribute>().Select(test => test.Arguments);
        var sources = method.GetCustomAttributes<TestCaseSourceAttribute>().SelectMany(source => Source(source.SourceType ?? type, source.SourceName!));
        var plain = method.GetCustomAttribute<TestAttribute>() is not null && method.GetParameters() is [] ? [[]] : Array.Empty<object?[]>();
        return inline.Concat(sources).Concat(plain);
    }

    private static IEnumerable<object?[]> Source(Type type, string name)
    {
        const BindingFlags AnyStatic = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        var values = type.GetProperty(name, AnyStatic)?.GetValue(null) ?? type.GetField(name, AnyStatic)!.GetValue(null)!;
        return ((IEnumerable)values).Cast<object?>().Select(value => new[] { value });
    }

    private static string? Failure(Type type, MethodInfo method, object?[] arguments)
    {
        try
        {
            method.Invoke(Activator.CreateInstance(type), arguments);
            return null;
        }
        catch (TargetInvocationException error)
        {
            return error.InnerException!.Message;
        }
    }
}
