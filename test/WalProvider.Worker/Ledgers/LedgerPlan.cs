using System.Data.Common;
using System.Globalization;

namespace WalProvider.Worker;

/// <summary>How a ledger is written: one text, so that a worker can be told in its call.</summary>
internal sealed record LedgerPlan
{
    /// <summary>How many units are in the table in the end; the writer goes on for ever where it is 0.</summary>
    public int Units { get; init; }

    /// <summary>Write Batch Size.</summary>
    public int BatchSize { get; init; } = 30;

    public LedgerWay Way { get; init; } = LedgerWay.BatchUnits;

    /// <summary>Acknowledges a unit when it was written, though its batch may be pending.</summary>
    public bool AcknowledgesEarly { get; init; }

    /// <summary>A checkpoint of any mode after so many units; 0 = none.</summary>
    public int CheckpointEvery { get; init; }

    /// <summary>Prints "done" when the units are written, and waits for a line before it closes.</summary>
    public bool StaysOpen { get; init; }

    /// <summary>More of the connection string.</summary>
    public string Keywords { get; init; } = "";

    public static LedgerPlan Parse(string text)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = text };
        return new LedgerPlan
        {
            Units = Number(nameof(Units)),
            BatchSize = Number(nameof(BatchSize)),
            Way = Enum.Parse<LedgerWay>((string)parts[nameof(Way)]),
            AcknowledgesEarly = bool.Parse((string)parts[nameof(AcknowledgesEarly)]),
            StaysOpen = bool.Parse((string)parts[nameof(StaysOpen)]),
            CheckpointEvery = Number(nameof(CheckpointEvery)),
            // An empty value is as good as none in a connection string.
            Keywords = parts.TryGetValue(nameof(Keywords), out var keywords) ? (string)keywords : "",
        };

        int Number(string name) => int.Parse((string)parts[name], CultureInfo.InvariantCulture);
    }

    public override string ToString() => new DbConnectionStringBuilder
    {
        [nameof(Units)] = Units,
        [nameof(BatchSize)] = BatchSize,
        [nameof(Way)] = Way,
        [nameof(AcknowledgesEarly)] = AcknowledgesEarly,
        [nameof(StaysOpen)] = StaysOpen,
        [nameof(CheckpointEvery)] = CheckpointEvery,
        [nameof(Keywords)] = Keywords,
    }.ConnectionString;

    public string ConnectionString(string database)
        => new WalDbConnectionStringBuilder(Keywords) { DataSource = database, WriteBatchSize = BatchSize }.ConnectionString;
}
