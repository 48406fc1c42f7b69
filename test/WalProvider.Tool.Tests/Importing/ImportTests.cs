using System.Text;
using NUnit.Framework;
using Shouldly;
using WalProvider.Tests;

namespace WalProvider.Tool.Tests.Importing;

public class ImportTests
{
    [Test]
    public async Task Csv_keeps_every_value_when_fields_are_quoted_and_the_file_has_a_byte_order_mark([Values] bool hasMark)
    {
        using var folder = new TempFolder();
        await Write(folder, "people.csv", "id,name,weight\n1,\"Ann \"\"A\"\", née B\nsecond line\",1.5\n2,;é,3\n", hasMark);

        var run = await Import(folder, "people.csv");

        run.ExitCode.ShouldBe(ExitCode.Done, run.Error);
        Rows(folder, "people").ShouldBe("1 'Ann \"A\", née B\nsecond line' 1.5r\n2 ';é' 3r");
        ToolRun.Query(folder.File(), "SELECT name, type FROM pragma_table_info('people')")
            .ShouldBe("'id' 'INTEGER'\n'name' 'TEXT'\n'weight' 'REAL'");
    }

    [TestCase("t.tsv", "a\tb\n1\tx,y\n", "")]
    [TestCase("t.txt", "a;b\n1;x,y\n", "--delimiter ;")]
    [TestCase("t.csv", "a\tb\r\n1\tx,y\r\n", "--delimiter tab")]
    [TestCase("t.ndjson", "{\"a\":1,\"b\":\"x,y\"}\n", "")]
    [TestCase("t.txt", "\n {\"a\":1,\"b\":\"x,y\"}", "")]
    public async Task File_is_read_in_its_own_format(string name, string text, string options)
    {
        using var folder = new TempFolder();
        await Write(folder, name, text);

        var run = await Import(folder, name, options.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        run.ExitCode.ShouldBe(ExitCode.Done, run.Error);
        Rows(folder, "t").ShouldBe("1 'x,y'");
    }

    [Test]
    public async Task NdJson_makes_columns_of_all_keys_when_objects_differ()
    {
        using var folder = new TempFolder();
        await Write(folder, "t.ndjson", "{\"a\":1,\"t\":true}\n\n{\"b\":{\"c\":[1]},\"a\":2.5,\"t\":false}\n{\"a\":null,\"n\":\"5\"}\n");

        (await Import(folder, "t.ndjson")).ExitCode.ShouldBe(ExitCode.Done);

        ToolRun.Query(folder.File(), "SELECT a, t, b, n FROM t ORDER BY rowid")
            .ShouldBe("1r 1 NULL NULL\n2.5r 0 '{\"c\":[1]}' NULL\nNULL NULL NULL '5'");
    }

    [TestCase("1\n2\n-3", "INTEGER", "1\n2\n-3")]
    [TestCase("1\n\"\"\n9223372036854775807", "INTEGER", "1\nNULL\n9223372036854775807")]
    [TestCase("1\n2.5\n1e3", "REAL", "1r\n2.5r\n1000r")]
    [TestCase("0.1\n0.30000000000000004", "REAL", "0.1r\n0.30000000000000004r")]
    [TestCase("1\n9223372036854775808", "TEXT", "'1'\n'9223372036854775808'")]
    [TestCase("9007199254740993\n0.5", "TEXT", "'9007199254740993'\n'0.5'")]
    [TestCase("007\n8", "TEXT", "'007'\n'8'")]
    [TestCase("+1\n2", "TEXT", "'+1'\n'2'")]
    [TestCase("0.12345678901234567891\n1", "TEXT", "'0.12345678901234567891'\n'1'")]
    [TestCase("1e999\n1", "TEXT", "'1e999'\n'1'")]
    [TestCase("1\n2\nn/a", "TEXT", "'1'\n'2'\n'n/a'")]
    public async Task Type_of_a_column_holds_every_value_unchanged(string values, string type, string stored)
    {
        using var folder = new TempFolder();
        await Write(folder, "t.csv", $"x\n{values}\n");

        var run = await Import(folder, "t.csv", "--header", "--json");

        run.Json.GetProperty("columns")[0].GetProperty("type").GetString().ShouldBe(type);
        Rows(folder, "t").ShouldBe(stored);
    }

    [Test]
    public async Task Type_holds_when_the_value_that_does_not_fit_is_the_last_of_many()
    {
        using var folder = new TempFolder();
        await Write(folder, "t.csv", "x\n" + string.Concat(Enumerable.Range(0, 20_000).Select(n => $"{n}\n")) + "last\n");

        (await Import(folder, "t.csv")).ExitCode.ShouldBe(ExitCode.Done);

        ToolRun.Query(folder.File(), "SELECT count(*), min(typeof(x)), max(rowid) FROM t WHERE x <> 'last'").ShouldBe("20000 'text' 20000");
    }

    [TestCase("a,b\nx,y\n", true)]
    [TestCase("country,2019,2020\nx,1,2\n", true)]
    [TestCase("1,ann\n2,bob\n", false)]
    [TestCase("id,name\n", true)]
    public async Task Header_is_found_out_when_nothing_says_whether_there_is_one(string text, bool hasHeader)
    {
        using var folder = new TempFolder();
        await Write(folder, "t.csv", text);

        var run = await Import(folder, "t.csv", "--json");

        run.Json.GetProperty("header").GetBoolean().ShouldBe(hasHeader);
        run.Json.GetProperty("columns")[0].GetProperty("name").GetString().ShouldBe(hasHeader ? text.Split(',')[0] : "column1");
    }

    [TestCase("--header", "'2' 'bob'", "1")]
    [TestCase("--no-header", "'1' 'ann'\n'2' 'bob'", "column1")]
    public async Task Header_is_what_the_option_says(string option, string rows, string name)
    {
        using var folder = new TempFolder();
        await Write(folder, "t.csv", "1,ann\n2,bob\n");

        (await Import(folder, "t.csv", option)).ExitCode.ShouldBe(ExitCode.Done);

        Rows(folder, "t").ShouldBe(rows.Replace("'1'", "1").Replace("'2'", "2"));
        ToolRun.Query(folder.File(), "SELECT name FROM pragma_table_info('t') WHERE cid = 0").ShouldBe($"'{name}'");
    }

    [Test]
    public async Task Columns_get_names_of_their_own_when_the_header_is_hostile()
    {
        using var folder = new TempFolder();
        await Write(folder, "t.csv", "\"a\"\"b\",\"; DROP TABLE x; --\",,name,NAME,name,column3,\"multi\nline\",[x]`'\n1,2,3,4,5,6,7,8,9\n");

        var run = await Import(folder, "t.csv", "--table", "odd \"name\"; --", "--header", "--json");

        run.ExitCode.ShouldBe(ExitCode.Done, run.Output);
        run.Json.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString())
            .ShouldBe(["a\"b", "; DROP TABLE x; --", "column4", "name", "NAME_2", "name_3", "column3", "multi\nline", "[x]`'"]);
        Rows(folder, "odd \"name\"; --").ShouldBe("1 2 3 4 5 6 7 8 9");
    }

    [TestCase("a,b\n1,2\n3\n", 3, "2 fields expected, found 1")]
    [TestCase("a,b\n\"x\ny\",2\n3,4,5\n", 4, "2 fields expected, found 3")]
    [TestCase("a,b\n1,x\"y\n", 2, "a quote stands inside a field that is not quoted")]
    [TestCase("a,b\n1,\"x\"y\n", 2, "text follows a closing quote")]
    [TestCase("a,b\n1,2\n\n3,\"never\nends\n", 4, "a quoted field begins here and never ends, so the rest of the file belongs to it")]
    public async Task Bad_line_stops_the_import_with_its_number_and_nothing_is_left(string text, int line, string reason)
    {
        using var folder = new TempFolder();
        await Write(folder, "t.csv", text);

        var run = await Import(folder, "t.csv");

        run.ExitCode.ShouldBe(ExitCode.BadInput);
        run.Error.ShouldContain($"{folder.File("t.csv")}:{line}: {reason}");
        Directory.GetFiles(folder.Path).ShouldBe([folder.File("t.csv")]);
    }

    [TestCase("[1]")]
    [TestCase("{\"a\":1")]
    [TestCase("{\"a\":1,\"a\":2}")]
    [TestCase("{\"a\":\"\\ud800\"}")]
    public async Task Bad_line_of_json_is_reported_with_its_number(string bad)
    {
        using var folder = new TempFolder();
        await Write(folder, "t.ndjson", $"{{\"a\":1}}\n{bad}\n{{\"a\":2}}\n");

        var stopped = await Import(folder, "t.ndjson", "--json");
        var skipped = await Import(folder, "t.ndjson", "--skip-bad");

        stopped.ExitCode.ShouldBe(ExitCode.BadInput);
        stopped.Json.GetProperty("badLines")[0].GetProperty("line").GetInt64().ShouldBe(2);
        skipped.ExitCode.ShouldBe(ExitCode.Done);
        Rows(folder, "t").ShouldBe("1\n2");
    }

    [Test]
    public async Task Bad_lines_are_left_out_and_counted_when_they_may_be_skipped()
    {
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder.File("t.csv"), [.. "a,b\n1,x\n2\n3,"u8, 0xFF, .. "\n4,z\n"u8]);

        var run = await Import(folder, "t.csv", "--skip-bad", "--json");

        run.ExitCode.ShouldBe(ExitCode.Done);
        run.Json.GetProperty("skipped").GetInt64().ShouldBe(2);
        run.Json.GetProperty("badLines").EnumerateArray().Select(bad => bad.GetProperty("line").GetInt64()).ShouldBe([3, 4]);
        Rows(folder, "t").ShouldBe("1 'x'\n4 'z'");
    }

    [Test]
    public async Task Table_that_exists_gets_the_rows_too_when_it_has_the_columns()
    {
        using var folder = new TempFolder();
        await Write(folder, "t.csv", "a,b\n1,x\n");
        await Write(folder, "more.csv", "B\ny\n");
        await Import(folder, "t.csv");

        (await Import(folder, "more.csv", "--table", "t")).ExitCode.ShouldBe(ExitCode.Done);

        Rows(folder, "t").ShouldBe("1 'x'\nNULL 'y'");
    }

    [Test]
    public async Task Table_that_exists_stays_as_it_is_when_the_rows_do_not_fit()
    {
        using var folder = new TempFolder();
        await Write(folder, "t.csv", "a,b\n1,x\n");
        await Write(folder, "other.csv", "c\ny\n");
        await Import(folder, "t.csv");

        var run = await Import(folder, "other.csv", "--table", "t");

        run.ExitCode.ShouldBe(ExitCode.BadInput);
        run.Error.ShouldContain("\"c\"");
        Rows(folder, "t").ShouldBe("1 'x'");
    }

    [Test]
    public async Task Table_that_exists_gets_no_row_when_the_last_one_breaks_a_constraint()
    {
        using var folder = new TempFolder();
        await Write(folder, "t.csv", "a\n1\n");
        await Write(folder, "more.csv", "a\n2\n3\n1\n");
        await Import(folder, "t.csv");
        Execute(folder.File(), "CREATE UNIQUE INDEX once ON t (a)");

        var run = await Import(folder, "more.csv", "--table", "t", "--batch-size", "1");

        run.ExitCode.ShouldBe(ExitCode.DatabaseError);
        Rows(folder, "t").ShouldBe("1");
    }

    [Test]
    public async Task Other_tables_stay_and_no_other_is_left_when_an_import_is_interrupted()
    {
        using var folder = new TempFolder();
        await Write(folder, "t.csv", "a\nx\n");
        await Write(folder, "big.csv", "a\n1\n2\n");
        await Import(folder, "t.csv");
        using var interrupted = new CancellationTokenSource();
        await interrupted.CancelAsync();

        var run = await ToolRun.Of(interrupted.Token, "import", folder.File("big.csv"), "--into", folder.File());

        run.ExitCode.ShouldBe(ExitCode.Interrupted);
        ToolRun.Query(folder.File(), "SELECT name FROM sqlite_master").ShouldBe("'t'");
    }

    [Test]
    public async Task Database_that_was_not_there_is_not_there_when_loading_fails()
    {
        using var folder = new TempFolder();
        await Write(folder, "t.csv", "a\n1\n");

        var run = await Import(folder, "t.csv", "--table", "sqlite_reserved");

        run.ExitCode.ShouldBe(ExitCode.DatabaseError);
        Directory.GetFiles(folder.Path).ShouldBe([folder.File("t.csv")]);
    }

    [Test]
    public async Task Staging_table_is_gone_when_loading_fails_in_a_database_that_was_there()
    {
        using var folder = new TempFolder();
        await Write(folder, "t.csv", "a\n1\n2\n3\n");
        await Import(folder, "t.csv", "--table", "there");
        var options = new ImportOptions(folder.File("t.csv"), folder.File(), "t", BatchSize: 1, null, null, SkipBad: false);
        var plan = new ImportScan(options, SourceFormat.Of(options.File, null)).Run(_ => { }, CancellationToken.None);

        Should.Throw<IOException>(() => new TableLoader(options, plan).Load(FailAfter(2), () => { }, CancellationToken.None));

        ToolRun.Query(folder.File(), "SELECT name FROM sqlite_master").ShouldBe("'there'");
    }

    [TestCase("")]
    [TestCase("\n\n")]
    public async Task Empty_file_is_bad_input(string text)
    {
        using var folder = new TempFolder();
        await Write(folder, "t.csv", text);

        (await Import(folder, "t.csv")).ExitCode.ShouldBe(ExitCode.BadInput);
    }

    [Test]
    public async Task Utf16_is_refused_by_name()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("t.csv"), "a,b\n1,2\n", Encoding.Unicode);

        var run = await Import(folder, "t.csv");

        run.ExitCode.ShouldBe(ExitCode.BadInput);
        run.Error.ShouldContain("UTF-16");
    }

    private static IEnumerable<object[]> FailAfter(int rows)
    {
        for (var i = 0; i < rows; i++)
            yield return [(long)i];
        throw new IOException("The disk is gone.");
    }

    private static Task Write(TempFolder folder, string name, string text, bool hasMark = false)
        => File.WriteAllTextAsync(folder.File(name), text, new UTF8Encoding(hasMark));

    private static Task<ToolRun> Import(TempFolder folder, string name, params string[] options)
        => ToolRun.Of(["import", folder.File(name), "--into", folder.File(), .. options]);

    private static string Rows(TempFolder folder, string table)
        => ToolRun.Query(folder.File(), $"SELECT * FROM \"{table.Replace("\"", "\"\"")}\" ORDER BY rowid");

    private static void Execute(string database, string sql)
    {
        using var connection = new WalDbConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
