using System.Text.RegularExpressions;

namespace WalProvider.Tests.Structure;

/// <summary>One C# file, as it is and as bare code: comments and the insides of literals blanked out.</summary>
internal sealed partial class SourceFile(string root, string path)
{
    private readonly Lazy<string> _text = new(() => File.ReadAllText(path));

    private string? _code;

    /// <summary>Relative to the repository, with forward slashes.</summary>
    public string Path { get; } = System.IO.Path.GetRelativePath(root, path).Replace('\\', '/');

    public string Name { get; } = System.IO.Path.GetFileNameWithoutExtension(path);

    public string Text => _text.Value;

    /// <summary>The text with every comment and literal replaced by blanks, so that positions and lines stay.</summary>
    public string Code => _code ??= CommentOrLiteral().Replace(Text, match => NotLineBreak().Replace(match.Value, " "));

    public int LineOf(int position) => Text.AsSpan(0, position).Count('\n') + 1;

    /// <summary>The names of the types that are declared directly in the file or its namespace.</summary>
    public IEnumerable<string> TopLevelTypes() =>
        TypeDeclaration().Matches(Code).Where(match => IsOutsideAnyBrace(match.Index)).Select(match => match.Groups["name"].Value);

    /// <summary>Each match of <paramref name="pattern"/> in the bare code, as <c>path:line: text</c>.</summary>
    public IEnumerable<string> FindInCode(Regex pattern) => Find(pattern, Code);

    /// <summary>As <see cref="FindInCode"/>, comments and literals included.</summary>
    public IEnumerable<string> FindInText(Regex pattern) => Find(pattern, Text);

    private bool IsOutsideAnyBrace(int position)
    {
        var before = Code.AsSpan(0, position);
        return before.Count('{') == before.Count('}');
    }

    private IEnumerable<string> Find(Regex pattern, string text) =>
        pattern.Matches(text).Select(match => $"{Path}:{LineOf(match.Index)}: {NotLineBreaks().Replace(match.Value, " ")}");

    // NB: An interpolated string that holds a string falls apart into two literals with code between them. That is
    // enough here: quotes come in pairs, and what is looked for does not stand in an interpolation.
    [GeneratedRegex(
        """
        //[^\n]*
        | /\*.*?\*/
        | (?<quotes>"{3,}) .*? \k<quotes>
        | @\$?"(?:[^"]|"")*" | \$@"(?:[^"]|"")*"
        | "(?:\\.|[^"\\\n])*"
        | '(?:\\.[^'\n]*|[^'\\\n])'
        """,
        RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CommentOrLiteral();

    [GeneratedRegex(@"[^\r\n]")]
    private static partial Regex NotLineBreak();

    [GeneratedRegex(@"\s+")]
    private static partial Regex NotLineBreaks();

    [GeneratedRegex(
        """
        \b (?: (?:class|struct|interface|enum|record) (?:\s+(?:class|struct))? \s+ (?<name>(?!where\b)\w+)
             | delegate \s+ [\w<>\[\],?.\s]+? \s (?<name>\w+) \s* (?:<[^()]*>)? \s* \( )
        """,
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex TypeDeclaration();
}
