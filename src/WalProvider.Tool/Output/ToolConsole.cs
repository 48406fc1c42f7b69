using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace WalProvider.Tool;

/// <summary>Where results and progress go. Results to standard output; progress and errors to standard error.</summary>
/// <param name="output">Standard output.</param>
/// <param name="error">Standard error.</param>
/// <param name="isWatched">Whether a person looks at standard error, so that progress is drawn.</param>
/// <param name="isOutputWatched">Whether a person looks at standard output, so that colours are used.</param>
internal sealed class ToolConsole(TextWriter output, TextWriter error, bool isWatched, bool isOutputWatched)
{
    /// <summary>What a table may take where there is no window to ask.</summary>
    private const int WidthOfFiles = 120;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        // For terminals and files, where nothing reads it as HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public TextWriter Output { get; } = new PlainWriter(output);

    public TextWriter Error { get; } = new PlainWriter(error);

    public static ToolConsole OfProcess()
        => new(Console.Out, Console.Error, !Console.IsErrorRedirected, !Console.IsOutputRedirected);

    public void WriteJson(object value) => Output.WriteLine(JsonSerializer.Serialize(value, Json));

    /// <summary>One object on one line, for who reads line by line.</summary>
    public void WriteJsonLine(object value)
        => Output.WriteLine(JsonSerializer.Serialize(value, new JsonSerializerOptions(Json) { WriteIndented = false }));

    /// <summary>Writes a paragraph to standard output: broken between words for a person, one line for a file.</summary>
    public void Say(string text)
    {
        if (isOutputWatched)
            Draw(new Text(text + "\n"));
        else
            Output.WriteLine(text);
    }

    /// <summary>Draws a table or the like on standard output.</summary>
    public void Draw(IRenderable picture) => Ansi(output, isOutputWatched).Write(new PlainPicture(picture));

    /// <summary>Whether a person looks at standard output.</summary>
    public bool IsOutputWatched => isOutputWatched;

    /// <summary>Draws pictures on standard output, each in the place of the one before.</summary>
    public Task DrawLiveAsync(IRenderable first, Func<Action<IRenderable>, Task> work)
        => Ansi(output, isOutputWatched).Live(new PlainPicture(first)).StartAsync(live => work(picture => live.UpdateTarget(new PlainPicture(picture))));

    /// <summary>Runs work whose steps are drawn while a person looks, and are written as plain lines otherwise.</summary>
    public Task<T> WatchAsync<T>(Func<IStepList, Task<T>> work)
        => isWatched ? DrawnSteps.RunAsync(Ansi(error, isWatched: true), work) : work(new PlainSteps(Error));

    private static IAnsiConsole Ansi(TextWriter writer, bool isWatched)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isWatched ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = isWatched ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        if (!isWatched)
            console.Profile.Width = WidthOfFiles;
        return console;
    }
}
