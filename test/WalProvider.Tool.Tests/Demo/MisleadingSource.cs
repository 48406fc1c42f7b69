using System.Data.Common;

namespace WalProvider.Tool.Tests.Demo;

/// <summary>A source that tells the workers a wrong checksum, and so stands for a database that lost something.</summary>
internal sealed class MisleadingSource(IDemoSource source) : IDemoSource
{
    public string Title => source.Title;

    public long Rows => source.Rows;

    public string CreateTable => source.CreateTable;

    public string Insert => source.Insert;

    public IReadOnlyList<string> WorkerArguments => [.. source.WorkerArguments.SkipLast(1), "0"];

    public IEnumerable<object> Read() => source.Read();

    public RowCheck Check(DbConnection connection, CancellationToken cancellationToken) => source.Check(connection, cancellationToken);
}
