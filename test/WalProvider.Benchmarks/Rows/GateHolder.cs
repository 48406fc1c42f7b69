namespace WalProvider.Benchmarks;

/// <summary>A holder of the gate that nobody ever waits for.</summary>
internal sealed class GateHolder : IGateHolder
{
    public bool IsOnThisThread => false;

    public void TryYield()
    {
    }

    public string Describe() => "the benchmark";
}
