namespace WalProvider;

/// <summary>Tells a statement's kind by its first words, before anything is compiled.</summary>
/// <remarks>
/// Compiling a PRAGMA can already execute it, so the kind must be known first; the rest is the engine's to say.
/// </remarks>
internal ref struct SqlScanner(ReadOnlySpan<char> sql)
{
    private ReadOnlySpan<char> _rest = sql;

    /// <summary>The kind of the first statement of <paramref name="sql"/>.</summary>
    internal static StatementKind KindOf(ReadOnlySpan<char> sql)
    {
        var scanner = new SqlScanner(sql);
        var word = scanner.Next();
        return word.Length switch
        {
            0 => StatementKind.Ddl,
            3 when Is(word, "END") => StatementKind.Commit,
            4 when Is(word, "WITH") => StatementKind.Dml,
            5 when Is(word, "BEGIN") => scanner.KindOfBegin(),
            6 => KindOfSix(word),
            7 when Is(word, "EXPLAIN") => StatementKind.Explain,
            7 when Is(word, "REPLACE") => StatementKind.Dml,
            7 when Is(word, "RELEASE") => StatementKind.EndSavepoint,
            8 when Is(word, "ROLLBACK") => scanner.KindOfRollback(),
            9 when Is(word, "SAVEPOINT") => StatementKind.Savepoint,
            _ => StatementKind.Ddl,
        };
    }

    /// <summary>The name of the pragma that <paramref name="sql"/> begins with; empty where it is no PRAGMA.</summary>
    internal static string PragmaOf(ReadOnlySpan<char> sql)
    {
        var scanner = new SqlScanner(sql);
        if (!Is(scanner.Next(), "PRAGMA"))
        {
            return "";
        }

        var name = scanner.NextName();
        scanner.SkipBlanks();
        if (scanner._rest.StartsWith("."))
        {
            scanner._rest = scanner._rest[1..];
            name = scanner.NextName();
        }

        return name;
    }

    /// <summary>The next word; empty at the end or before anything that is not a word.</summary>
    internal ReadOnlySpan<char> Next()
    {
        SkipBlanks();
        var length = 0;
        while (length < _rest.Length && (char.IsAsciiLetterOrDigit(_rest[length]) || _rest[length] == '_'))
        {
            length++;
        }

        var word = _rest[..length];
        _rest = _rest[length..];
        return word;
    }

    /// <summary>The next name, plain or in any of SQLite's quotes; empty at the end.</summary>
    internal string NextName()
    {
        SkipBlanks();
        if (_rest.Length > 0 && _rest[0] is '"' or '\'' or '`' or '[')
        {
            return NextQuoted(_rest[0] == '[' ? ']' : _rest[0]);
        }

        var length = 0;
        while (length < _rest.Length && (char.IsAsciiLetterOrDigit(_rest[length]) || _rest[length] is '_' or '$' or > '\x7f'))
        {
            length++;
        }

        var name = _rest[..length].ToString();
        _rest = _rest[length..];
        return name;
    }

    private string NextQuoted(char quote)
    {
        var name = "";
        _rest = _rest[1..];
        while (true)
        {
            var end = _rest.IndexOf(quote);
            name = string.Concat(name, end < 0 ? _rest : _rest[..end]);
            _rest = end < 0 ? default : _rest[(end + 1)..];
            // NB: a quote that is doubled is part of the name; a bracket cannot be.
            if (quote == ']' || _rest.Length == 0 || _rest[0] != quote)
            {
                return name;
            }

            name += quote;
            _rest = _rest[1..];
        }
    }

    private static StatementKind KindOfSix(ReadOnlySpan<char> word)
        => Is(word, "SELECT") || Is(word, "INSERT") || Is(word, "UPDATE") || Is(word, "DELETE") || Is(word, "VALUES")
            ? StatementKind.Dml
            : Is(word, "COMMIT") ? StatementKind.Commit
            : Is(word, "PRAGMA") ? StatementKind.Pragma
            : Is(word, "ATTACH") || Is(word, "DETACH") ? StatementKind.Attach
            : Is(word, "VACUUM") ? StatementKind.Vacuum
            : StatementKind.Ddl;

    private static bool Is(ReadOnlySpan<char> word, string keyword)
        => word.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    private StatementKind KindOfBegin()
    {
        var mode = Next();
        return Is(mode, "IMMEDIATE") || Is(mode, "EXCLUSIVE") ? StatementKind.BeginWrite : StatementKind.Begin;
    }

    private StatementKind KindOfRollback()
    {
        var word = Next();
        if (Is(word, "TRANSACTION"))
        {
            word = Next();
        }

        return Is(word, "TO") ? StatementKind.EndSavepoint : StatementKind.Rollback;
    }

    private void SkipBlanks()
    {
        while (_rest.Length > 0)
        {
            // NB: the byte order mark counts as a blank to the engine, and so does a stray semicolon.
            if (char.IsWhiteSpace(_rest[0]) || _rest[0] is ';' or '\uFEFF')
            {
                _rest = _rest[1..];
            }
            else if (_rest.StartsWith("--"))
            {
                var end = _rest.IndexOf('\n');
                _rest = end < 0 ? default : _rest[(end + 1)..];
            }
            else if (_rest.StartsWith("/*"))
            {
                var end = _rest[2..].IndexOf("*/");
                _rest = end < 0 ? default : _rest[(end + 4)..];
            }
            else
            {
                return;
            }
        }
    }
}
