using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Shouldly;
using SQLitePCL;

namespace WalProvider.Tests;

[TestFixture]
public sealed class OpenFailureTests
{
    [Test]
    public void Explain_names_a_folder_that_does_not_exist()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "missing", "a.db");
        Explained($"Data Source={path}", raw.SQLITE_CANTOPEN).ShouldContain($"the folder '{folder.File("missing")}' does not exist");
    }

    [Test]
    public void Explain_says_so_when_it_is_a_directory()
    {
        using var folder = new TempFolder();
        Explained($"Data Source={folder.Path}", raw.SQLITE_CANTOPEN).ShouldContain("is a directory");
    }

    [TestCase("Mode=ReadWrite")]
    [TestCase("Mode=ReadOnly")]
    public void Explain_says_so_when_the_file_does_not_exist_and_is_not_to_be_made(string mode)
    {
        using var folder = new TempFolder();
        var text = Explained($"Data Source={folder.File()};{mode}", raw.SQLITE_CANTOPEN);
        text.ShouldContain($"the file '{folder.File()}' does not exist");
        text.ShouldContain("ReadWriteCreate");
    }

    [Test]
    public void Explain_says_so_when_the_file_cannot_be_made()
    {
        using var folder = new TempFolder();
        Explained($"Data Source={folder.File(new string('n', 300))}", raw.SQLITE_CANTOPEN).ShouldContain("could not be made");
    }

    [Test]
    public void Explain_points_at_permissions_when_the_file_exists()
    {
        // A user who may do everything cannot meet this, so the error is made by hand.
        using var folder = new TempFolder();
        File.WriteAllText(folder.File(), "");
        Explain(raw.SQLITE_CANTOPEN, $"Data Source={folder.File()}").Message.ShouldContain("permissions");
    }

    [Test]
    public void Explain_says_so_when_the_file_is_no_database()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File(), new string('x', 5000));
        Explained($"Data Source={folder.File()}", raw.SQLITE_NOTADB).ShouldContain("is no SQLite database, it is encrypted, or a newer SQLite wrote it");
    }

    [Test]
    public void Explain_says_how_short_a_file_is()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File(), "only text");
        Explained($"Data Source={folder.File()}", raw.SQLITE_NOTADB).ShouldContain("it has 9 bytes");
    }

    [Test]
    public void Explain_says_so_when_the_file_was_cut_off()
    {
        using var folder = new TempFolder();
        using (var connection = OpenDatabase.Open(WalSettings.Parse($"Data Source={folder.File()}")))
            connection.Query("CREATE TABLE t(a); CREATE TABLE u(a)");
        using (var file = File.OpenWrite(folder.File()))
            file.SetLength(1024);
        Explained($"Data Source={folder.File()}", raw.SQLITE_CORRUPT).ShouldContain("cut off (1024 bytes)");
    }

    [Test]
    public void Explain_says_where_a_link_leads_that_leads_nowhere()
    {
        using var folder = new TempFolder();
        File.CreateSymbolicLink(folder.File(), folder.File("other.db"));
        Explained($"Data Source={folder.File()};Mode=ReadWrite", raw.SQLITE_CANTOPEN)
            .ShouldContain($"it is a link to '{folder.File("other.db")}', and the file '{folder.File("other.db")}' does not exist");
    }

    [Test]
    public void Explain_says_so_when_a_link_leads_in_a_circle()
    {
        using var folder = new TempFolder();
        File.CreateSymbolicLink(folder.File(), folder.File());
        Explained($"Data Source={folder.File()}", raw.SQLITE_CANTOPEN).ShouldContain("leads in a circle");
    }

    [Test]
    public void Explain_says_so_when_a_file_stands_where_the_folder_should()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("f"), "text");
        Explained($"Data Source={folder.File("f")}/a.db", raw.SQLITE_CANTOPEN).ShouldContain("is a file and no folder");
    }

    [TestCase("file:a.db?mode=no", raw.SQLITE_ERROR, "uri.html")]
    [TestCase("file:a.db?mode=rwc", raw.SQLITE_PERM, "asks for more than 'Mode' allows")]
    public void Explain_points_at_the_URI_when_it_is_that(string uri, int code, string fact) =>
        Explain(code, $"Data Source={uri}").Message.ShouldContain(fact);

    [TestCase(raw.SQLITE_BUSY, "'Busy Timeout' (30000 ms)")]
    [TestCase(raw.SQLITE_FULL, "disk")]
    [TestCase(raw.SQLITE_IOERR, "failed")]
    [TestCase(raw.SQLITE_READONLY, "-shm")]
    [TestCase(raw.SQLITE_PERM, "may not use")]
    [TestCase(raw.SQLITE_NOMEM, "Data Source 'a.db'.")]
    public void Explain_says_what_each_code_means(int code, string fact) =>
        Explain(code, "Data Source=a.db").Message.ShouldContain(fact);

    [Test]
    public void Explain_keeps_codes_and_first_sentence()
    {
        var error = new SqliteException("SQLite Error 8: 'attempt to write a readonly database'.", 8, 1544);
        var explained = OpenFailure.Explain(error, WalSettings.Parse("Data Source=a.db"));

        explained.GetType().ShouldBe(typeof(SqliteException));
        explained.SqliteErrorCode.ShouldBe(8);
        explained.SqliteExtendedErrorCode.ShouldBe(1544);
        explained.Message.ShouldStartWith(error.Message + " Data Source 'a.db': ");
    }

    [TestCase(raw.SQLITE_BUSY, true, true)]
    [TestCase(raw.SQLITE_LOCKED, true, false)]
    [TestCase(raw.SQLITE_CANTOPEN, false, false)]
    public void Explain_says_that_the_lock_of_another_is_transient(int code, bool isLock, bool isTransient)
    {
        var explained = Explain(code, "Data Source=a.db");
        (explained is SqliteBusyException).ShouldBe(isLock);
        explained.IsTransient.ShouldBe(isTransient);
    }

    [Test]
    public void Explain_does_not_explain_twice()
    {
        var once = Explain(raw.SQLITE_CANTOPEN, "Data Source=a.db");
        OpenFailure.Explain(once, WalSettings.Parse("Data Source=a.db")).ShouldBeSameAs(once);
    }

    [Test]
    public void Explain_names_a_database_in_memory_and_looks_for_no_file() =>
        Explain(raw.SQLITE_CANTOPEN, "Data Source=:memory:").Message.ShouldEndWith("Data Source ':memory:'.");

    private static SqliteException Explain(int code, string connectionString) =>
        OpenFailure.Explain(new SqliteException($"SQLite Error {code}: 'x'.", code, code), WalSettings.Parse(connectionString));

    /// <summary>Really opens it, and gives what Explain adds to the wrapped provider's error.</summary>
    private static string Explained(string connectionString, int code)
    {
        var settings = WalSettings.Parse(connectionString);
        var error = Should.Throw<SqliteException>(() =>
        {
            using var connection = OpenDatabase.Open(settings);
            OpenProbe.ReadHeader(connection);
        });
        error.SqliteErrorCode.ShouldBe(code);
        var explained = OpenFailure.Explain(error, settings);
        explained.SqliteErrorCode.ShouldBe(code);
        explained.Message.ShouldStartWith(error.Message);
        explained.Message.ShouldContain($"Data Source '{settings.DataSource}'");
        return explained.Message[error.Message.Length..];
    }
}
