namespace WalProvider.Tests.Changes;

/// <summary>A handler that stands last and so shows that the others were called.</summary>
internal sealed class ChangeWatchEnd
{
    private readonly ManualResetEventSlim _isCalled;

    public ChangeWatchEnd(out ManualResetEventSlim isCalled) => _isCalled = isCalled = new ManualResetEventSlim();

    public void Note(object? sender, WalChangedEventArgs change) => _isCalled.Set();
}
