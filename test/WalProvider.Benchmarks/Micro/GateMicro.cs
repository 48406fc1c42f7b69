using BenchmarkDotNet.Attributes;

namespace WalProvider.Benchmarks;

[MemoryDiagnoser]
public class GateMicro
{
    private readonly WriteGate _gate = new();
    private readonly GateHolder _holder = new();

    [Benchmark(Description = "free gate entered and left")]
    public bool EnterAndLeave()
    {
        var entered = _gate.TryEnter(_holder);
        _gate.Exit();
        return entered;
    }
}
