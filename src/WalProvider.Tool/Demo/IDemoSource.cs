using System.Data.Common;

namespace WalProvider.Tool;

/// <summary>The rows of a demo, and how they are known again.</summary>
internal interface IDemoSource
{
    /// <summary>What the rows are, for a person.</summary>
    string Title { get; }

    /// <summary>How many rows there are.</summary>
    long Rows { get; }

    /// <summary>The SQL that makes the table.</summary>
    string CreateTable { get; }

    /// <summary>The SQL that inserts one row, with the parameters of <see cref="Read"/>.</summary>
    string Insert { get; }

    /// <summary>What the worker command is told, so that it knows the rows as well.</summary>
    IReadOnlyList<string> WorkerArguments { get; }

    /// <summary>The rows, each as an object that Dapper takes parameters from.</summary>
    IEnumerable<object> Read();

    /// <summary>Reads every row of a database and compares it.</summary>
    RowCheck Check(DbConnection connection, CancellationToken cancellationToken);
}
