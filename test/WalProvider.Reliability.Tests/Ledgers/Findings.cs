using System.Collections.Concurrent;
using Shouldly;

namespace WalProvider.Tests;

/// <summary>Counts what was found over many accidents, and keeps what the bad ones were.</summary>
internal sealed class Findings
{
    private const int MostExamples = 5;

    private readonly ConcurrentQueue<string> _examples = new();
    private int _looks;
    private int _damaged;
    private int _lost;
    private int _early;

    /// <summary>How many states were looked at.</summary>
    public int Looks => _looks;

    /// <summary>Torn units, gaps, wrong values, damaged pages.</summary>
    public int Damaged => _damaged;

    /// <summary>States that lack what was acknowledged.</summary>
    public int Lost => _lost;

    /// <summary>States that have more than can have been written.</summary>
    public int Early => _early;

    /// <summary>Holds a state against what must be there at least and can be there at most.</summary>
    public void Add(LedgerState state, long least, long most, string what)
    {
        Interlocked.Increment(ref _looks);
        if (state.Damage is not null)
            Count(ref _damaged, $"{what}: {state.Damage}");
        else if (state.Units < least)
            Count(ref _lost, $"{what}: {state.Units} units, {least} were acknowledged");
        else if (state.Units > most)
            Count(ref _early, $"{what}: {state.Units} units, at most {most} can be there");
    }

    public void ShouldBeNone() => (_damaged + _lost + _early).ShouldBe(0, string.Join("\n", _examples));

    public override string ToString() => $"{_damaged} damaged or torn, {_lost} lacked acknowledged units, {_early} had more than was written";

    private void Count(ref int counter, string example)
    {
        Interlocked.Increment(ref counter);
        if (_examples.Count < MostExamples)
            _examples.Enqueue(example);
    }
}
