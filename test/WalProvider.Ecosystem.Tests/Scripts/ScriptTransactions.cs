namespace WalProvider.Ecosystem.Tests;

/// <summary>The ways in which script runners use transactions.</summary>
public enum ScriptTransactions
{
    None,
    OneEach,
    OneForAll,
}
