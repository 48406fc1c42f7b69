using System.Collections.Concurrent;

namespace WalProvider.Ecosystem.Tests;

/// <summary>Where the jobs of one scheduler write what they did; found by the scheduler's name, since Quartz makes the jobs.</summary>
internal sealed class Board
{
    private static readonly ConcurrentDictionary<string, Board> Boards = [];

    private readonly ConcurrentQueue<string> _runs = [];
    private readonly SemaphoreSlim _signal = new(0);

    public IReadOnlyCollection<string> Runs => _runs;

    public ConcurrentQueue<string> Errors { get; } = [];

    public static Board Of(string scheduler) => Boards.GetOrAdd(scheduler, _ => new Board());

    public void Ran(string what)
    {
        _runs.Enqueue(what);
        _signal.Release();
    }

    /// <summary>Waits until so many more jobs have run.</summary>
    public async Task Wait(int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (!await _signal.WaitAsync(TimeSpan.FromMinutes(1)))
                throw new TimeoutException($"{string.Join(", ", _runs)}; errors: {string.Join('\n', Errors)}");
        }
    }
}
