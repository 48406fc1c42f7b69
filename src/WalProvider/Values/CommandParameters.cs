using Microsoft.Data.Sqlite;

namespace WalProvider;

/// <summary>The wrapped provider's collection of parameters, whose constructor is for those who derive from it.</summary>
internal sealed class CommandParameters : SqliteParameterCollection;
