using System.Data.Common;
using NUnit.Framework;
using WalProvider.Tests;

namespace WalProvider.Ecosystem.Tests;

/// <summary>A test of a library on one provider, with a database of its own.</summary>
public abstract class LibraryTest(Provider provider)
{
    private TempFolder _folder = null!;

    private protected Provider Provider { get; } = provider;

    private protected DbConnection Connection { get; private set; } = null!;

    private protected string Path => _folder.File();

    [SetUp]
    public void OpenDatabase()
    {
        _folder = new TempFolder();
        Connection = Provider.Create(Path);
        Connection.Open();
    }

    [TearDown]
    public void CloseDatabase()
    {
        Connection.Dispose();
        if (Connection is WalDbConnection ours)
            WalDbConnection.ClearPool(ours);
        _folder.Dispose();
    }
}
