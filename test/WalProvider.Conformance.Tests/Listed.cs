namespace WalProvider.Conformance.Tests;

/// <summary>A way in which our provider is meant to differ from the wrapped one, and why.</summary>
internal sealed record Listed(string Name, string Reason)
{
    public static Listed BusyIsTransient { get; } = new(
        "BUSY and LOCKED are a SqliteBusyException", "a subclass that says IsTransient and what was waited for; catch blocks for SqliteException see no change");

    public static Listed OpenNamesTheFile { get; } = new(
        "errors at Open name the file and what is wrong with it", "the wrapped provider has one message for all, and finds bad content at the first statement only");

    public static Listed NoTransactionRequired { get; } = new(
        "a command needs no Transaction", "null means whatever is current, so that unchanged Dapper code joins the transaction");

    public static Listed NestedTransactions { get; } = new(
        "BeginTransaction inside a transaction begins a savepoint", "the wrapped provider refuses it");

    public static Listed RecordsAffected { get; } = new(
        "RecordsAffected counts RETURNING and is 0 for DDL and typed BEGIN and COMMIT",
        "the wrapped provider gives -1 for RETURNING and the count of an earlier statement for the others");

    public static Listed CommandTextNeverSet { get; } = new(
        "executing a command whose CommandText was never set says so", "the wrapped provider fails with an ArgumentNullException of its own inside");

    public static Listed ErrorsAfterTheFirstResult { get; } = new(
        "ExecuteNonQuery and ExecuteScalar throw what fails after the first result of a text",
        "the wrapped provider loses it: both dispose a reader there, and its Dispose passes over errors");

    public static Listed CloseConnectionReader { get; } = new(
        "Close with an open CloseConnection reader closes both", "the wrapped provider throws a NullReferenceException");

    public static Listed CloseConnectionOfAWrongText { get; } = new(
        "CloseConnection closes the connection also when the text cannot be compiled",
        "nobody gets a reader to close then; the wrapped provider leaves the connection open there, and closes it when the first statement fails");

    public static Listed CloseRollsBackTheRest { get; } = new(
        "Close runs the rest of an open reader's text inside the transaction, and rolls it back with it",
        "the wrapped provider rolls back first, and the rest then runs and stays, outside any transaction");

    public static Listed AggregateStartsAnew { get; } = new(
        "an aggregate begins with its seed after the connection was closed and opened",
        "the wrapped provider goes on from where it was when the connection was closed");

    public static Listed StaleTransaction { get; } = new(
        "a command may keep a transaction that is over", "it means whatever is current, as null does");

    public static Listed GetValuesOfFewer { get; } = new(
        "GetValues fills an array that is shorter than the row", "ADO.NET's contract; the wrapped provider throws IndexOutOfRangeException");

    public static Listed NullableEnum { get; } = new(
        "GetFieldValue of a nullable enum gives the enum", "the wrapped provider gets the number and cannot unbox it: InvalidCastException");

    public static Listed NullArguments { get; } = new(
        "a reader's argument that is null is an ArgumentNullException that names it",
        "the wrapped provider throws what it stumbles over: NullReferenceException, or the name of an argument inside");

    public static Listed SizeOfNothing { get; } = new(
        "a Size of 0 does not cut a char or a Guid to nothing", "a parameter does not say whether its Size was set to 0 or not at all");

    public static Listed TypedCommit { get; } = new(
        "a transaction that was committed by text is over", "the wrapped provider's stays open for ever: Rollback and Dispose throw from then on");

    public static Listed UnknownKeyword { get; } = new(
        "an unknown keyword of the connection string is named with the nearest known one", "the wrapped provider's message names the keyword alone");

    public static Listed Cancellation { get; } = new(
        "Cancel and a CancellationToken stop a statement that runs", "the wrapped provider looks at a token before it starts, and its Cancel does nothing");

    public static Listed BlobIsGone { get; } = new(
        "a blob whose row was changed says which", "the engine's message is 'query aborted'; type and code are the same");

    public static Listed DisposedBlob { get; } = new(
        "writing to a disposed blob is an ObjectDisposedException", "the wrapped provider fails with an ArgumentNullException inside");

    public static Listed StreamParameter { get; } = new(
        "a parameter's value may be a Stream", "the wrapped provider knows no form for it and throws InvalidOperationException");

    public static Listed CanCreateBatch { get; } = new(
        "the factory and the connection create batches", "the wrapped provider has none");

    public static Listed SchemaCollections { get; } = new(
        "GetSchema lists 14 collections", "the wrapped provider has two of them, MetaDataCollections and ReservedWords, in the same form");

    public static Listed DataAdapters { get; } = new(
        "the factory creates data adapters and command builders", "the wrapped provider has none");

    public static Listed SourceVersion { get; } = new(
        "a parameter that the provider creates is of a class below SqliteParameter",
        "it keeps SourceVersion, by which a data adapter takes original or current values; the wrapped provider's forgets it");
}
