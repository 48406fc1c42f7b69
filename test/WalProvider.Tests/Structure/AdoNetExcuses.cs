using System.Data.Common;

namespace WalProvider.Tests.Structure;

/// <summary>The virtual members of ADO.NET that the provider leaves to the base class, each with its reason.</summary>
internal static class AdoNetExcuses
{
    /// <summary>Declaring type, member, reason. A property stands for its accessors.</summary>
    public static readonly (Type Declaring, string Member, string Reason)[] Table =
    [
        (typeof(object), "Equals", "identity is the right equality for what holds a resource"),
        (typeof(object), "GetHashCode", "identity is the right equality for what holds a resource"),
        (typeof(object), "Finalize", "nothing unmanaged is held directly; the handles below have their own"),
        (typeof(object), "ToString", "the type's name is right for what has no text of its own"),
        (typeof(MarshalByRefObject), "InitializeLifetimeService", "obsolete, throws on .NET"),
        (typeof(System.ComponentModel.Component), "Finalize", "nothing unmanaged is held directly; the handles below have their own"),
        (typeof(System.ComponentModel.Component), "CanRaiseEvents", "for visual designers"),
        (typeof(System.ComponentModel.Component), "Site", "for visual designers"),
        (typeof(System.ComponentModel.Component), "GetService", "for visual designers"),
        (typeof(System.ComponentModel.Component), "ToString", "the type's name is right for what has no text of its own"),

        (typeof(DbConnection), "StateChange", "the base class holds the handlers, and OnStateChange raises with the connection as sender"),
        (typeof(DbConnection), "OnStateChange", "the base class raises StateChange, which is all that there is to do"),
        (typeof(DbConnection), "ChangeDatabaseAsync", "calls ChangeDatabase, which never waits"),

        (typeof(DbDataReader), "GetDbDataReader", "SQLite has no nested rows"),
        (typeof(DbDataReader), "VisibleFieldCount", "equals FieldCount: SQLite has no hidden columns"),
        (typeof(DbDataReader), "GetProviderSpecificFieldType", "forwards to GetFieldType: there are no types of the provider's own"),
        (typeof(DbDataReader), "GetProviderSpecificValue", "forwards to GetValue: there are no types of the provider's own"),
        (typeof(DbDataReader), "GetProviderSpecificValues", "forwards to GetValues: there are no types of the provider's own"),
        (typeof(DbDataReader), "GetSchemaTableAsync", "calls GetSchemaTable, which does not wait"),
        (typeof(DbDataReader), "GetColumnSchemaAsync", "calls GetColumnSchema, which does not wait"),
        (typeof(DbDataReader), "GetFieldValueAsync", "calls GetFieldValue: the row is in memory"),
        (typeof(DbDataReader), "IsDBNullAsync", "calls IsDBNull: the row is in memory"),

        (typeof(DbDataSource), "CreateDbCommand", "makes a command over CreateDbConnection that opens and closes around itself"),
        (typeof(DbDataSource), "CreateDbBatch", "makes a batch over CreateDbConnection that opens and closes around itself"),

        (typeof(DbProviderFactory), "CreateDataSourceEnumerator", "there are no servers to find"),
        (typeof(DbProviderFactory), "CanCreateDataSourceEnumerator", "there are no servers to find"),

        (typeof(DbDataAdapter), "Fill", "the base class fills from a reader of the command, which is what there is to do"),
        (typeof(DbDataAdapter), "FillSchema", "the base class asks a reader for its schema with keys, which the core above adds to"),
        (typeof(DbDataAdapter), "Update", "the base class walks the rows and raises the events"),
        (typeof(DbDataAdapter), "GetFillParameters", "gives the parameters of SelectCommand, as they are"),
        (typeof(DbDataAdapter), "Dispose", "holds no resource of its own"),
        (typeof(DbDataAdapter), "AddToBatch", "UpdateBatchSize is 1: rows are batched by the connection"),
        (typeof(DbDataAdapter), "ClearBatch", "UpdateBatchSize is 1: rows are batched by the connection"),
        (typeof(DbDataAdapter), "ExecuteBatch", "UpdateBatchSize is 1: rows are batched by the connection"),
        (typeof(DbDataAdapter), "GetBatchedParameter", "UpdateBatchSize is 1: rows are batched by the connection"),
        (typeof(DbDataAdapter), "GetBatchedRecordsAffected", "UpdateBatchSize is 1: rows are batched by the connection"),
        (typeof(DbDataAdapter), "InitializeBatching", "UpdateBatchSize is 1: rows are batched by the connection"),
        (typeof(DbDataAdapter), "TerminateBatching", "UpdateBatchSize is 1: rows are batched by the connection"),
        (typeof(DataAdapter), "ShouldSerializeAcceptChangesDuringFill", "for visual designers"),
        (typeof(DataAdapter), "ShouldSerializeFillLoadOption", "for visual designers"),
        (typeof(DataAdapter), "ShouldSerializeTableMappings", "for visual designers"),
        (typeof(DataAdapter), "ReturnProviderSpecificTypes", "there are no types of the provider's own"),
        (typeof(DataAdapter), "CloneInternals", "obsolete"),
        (typeof(DataAdapter), "CreateTableMappings", "the base class makes the collection"),
        (typeof(DataAdapter), "OnFillError", "the base class raises FillError, which is all that there is to do"),

        (typeof(DbCommandBuilder), "ConflictOption", "the base class keeps and checks it"),
        (typeof(DbCommandBuilder), "Dispose", "the base class disposes the commands that it made"),

        (typeof(DbConnectionStringBuilder), "ConvertValueToString", "internal to System.Data.Common"),
        (typeof(DbConnectionStringBuilder), "Count", "counts what was set, as the base class does"),
        (typeof(DbConnectionStringBuilder), "IsFixedSize", "false: the base class is right"),
        (typeof(DbConnectionStringBuilder), "EquivalentTo", "compares the canonical keywords, which the indexer has already brought about"),
        (typeof(DbConnectionStringBuilder), "GetProperties", "for visual designers"),
        (typeof(DbConnectionStringBuilder), "ToString", "gives ConnectionString"),
    ];

    public static bool Covers(AdoNetMember member) =>
        Table.Any(row => row.Declaring == member.Declaring && row.Member == member.Name);
}
