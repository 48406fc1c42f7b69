using System.Resources;
using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>
/// The wrapped provider's own messages, so that a program which shows or compares them sees no difference.
/// </summary>
/// <remarks>
/// They are read from its resources at run time, by name; a version that has renamed one gives our own words instead.
/// </remarks>
internal static class WrappedMessages
{
    private static readonly ResourceManager Resources
        = new("Microsoft.Data.Sqlite.Properties.Resources", typeof(SqliteConnection).Assembly);

    internal static string ReaderClosed(string operation)
        => Get("DataReaderClosed", "The reader is closed: {operation} needs an open one.", ("operation", operation));

    internal static string NoData() => Get("NoData", "There is no row here: call Read first.");

    internal static string NeedsOpenConnection(string method)
        => Get("CallRequiresOpenConnection", "The connection is not open: {methodName} needs an open one.", ("methodName", method));

    internal static string ReaderOpen() => Get("DataReaderOpen", "The command has an open reader: close it first.");

    internal static string NeedsNoReader(string property)
        => Get("SetRequiresNoOpenReader", "The command has an open reader: close it before setting {propertyName}.", ("propertyName", property));

    internal static string ConnectionStringWhileOpen()
        => Get("ConnectionStringRequiresClosedConnection", "The connection is open: close it before setting ConnectionString.");

    internal static string CommandType(object value)
        => Get("InvalidCommandType", "CommandType '{commandType}' is not known to SQLite.", ("commandType", value));

    internal static string IsolationLevel(object value)
        => Get("InvalidIsolationLevel", "SQLite has no isolation level '{isolationLevel}'.", ("isolationLevel", value));

    internal static string MissingParameters(string names)
        => Get("MissingParameters", "These parameters have no value: {parameters}", ("parameters", names));

    internal static string Required(string property)
        => Get("RequiresSet", "{propertyName} has no value.", ("propertyName", property));

    internal static string AmbiguousParameter(string name)
        => Get(
            "AmbiguousParameterName",
            "'{parameterName}' fits several parameters of the text: write its prefix, as in '@{parameterName}'.",
            ("parameterName", name));

    internal static string AmbiguousColumn(string name, string one, string other)
        => Get(
            "AmbiguousColumnName",
            "'{name}' fits both columns '{column1}' and '{column2}': write it in the case of one.",
            ("name", name),
            ("column1", one),
            ("column2", other));

    internal static string UnknownType(Type type)
        => Get("UnknownDataType", "A value of type {typeName} has no form in SQLite.", ("typeName", type));

    internal static string NotANumber() => Get("CannotStoreNaN", "SQLite would store NaN as NULL.");

    internal static string NullValue(int ordinal)
        => Get("CalledOnNullValue", "Column {ordinal} is NULL: ask IsDBNull first.", ("ordinal", ordinal));

    internal static string TransactionCompleted()
        => Get("TransactionCompleted", "The transaction is over.");

    internal static string TransactionElsewhere()
        => Get("TransactionConnectionMismatch", "The transaction is one of another connection.");

    internal static string TooManyRestrictions(string collection)
        => Get("TooManyRestrictions", "'{collectionName}' takes fewer restrictions.", ("collectionName", collection));

    internal static string UnknownCollection(string collection)
        => Get("UnknownCollection", "There is no collection '{collectionName}'.", ("collectionName", collection));

    internal static string BlobNeedsOpenConnection()
        => Get("SqlBlobRequiresOpenConnection", "The connection is not open: a blob needs an open one.");

    internal static string ResizeNotSupported() => Get("ResizeNotSupported", "The length of a blob is fixed: an UPDATE can change it.");

    internal static string SeekBeforeBegin() => Get("SeekBeforeBegin", "That is before the beginning of the blob.");

    internal static string WriteNotSupported() => Get("WriteNotSupported", "The blob was opened for reading.");

    internal static string OffsetAndCount() => Get("InvalidOffsetAndCount", "The buffer ends before offset and count.");

    internal static string EnumValue(Type type, object value)
        => Get("InvalidEnumValue", "'{value}' is no {enumType}.", ("enumType", type), ("value", value));

    private static string Get(string name, string fallback, params ReadOnlySpan<(string Name, object Value)> arguments)
    {
        var message = Find(name) ?? fallback;
        foreach (var (argument, value) in arguments)
        {
            message = message.Replace("{" + argument + "}", value.ToString(), StringComparison.Ordinal);
        }

        return message;
    }

    private static string? Find(string name)
    {
        try
        {
            return Resources.GetString(name);
        }
        catch (MissingManifestResourceException)
        {
            return null;
        }
    }
}
