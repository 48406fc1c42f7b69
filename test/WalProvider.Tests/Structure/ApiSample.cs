namespace WalProvider.Tests.Structure;

/// <summary>One of each that <see cref="ApiText"/> has to render.</summary>
public abstract class ApiSample : IDisposable
{
    public const int Limit = 3;

    public static readonly string[] Names = [];

    protected ApiSample(int first, string? second = "a\"b")
    {
        Count = first;
        Title = second ?? "";
    }

    public event EventHandler<EventArgs>? Changed;

    public enum Mode : byte
    {
        First = 1,
        Second = 2,
    }

    public delegate int Chooser(string? text);

    public int Count { get; protected set; }

    public required string Title { get; init; }

    internal int Hidden { get; set; }

    public string? this[int index] => index == Hidden ? null : Title;

    public abstract Task<string?> FindAsync(Dictionary<string, int?[]> map, CancellationToken cancellationToken = default);

    public static bool TryGet<T>(in int key, out T? value, DayOfWeek day = DayOfWeek.Monday, params object?[] rest)
        where T : class, new()
    {
        value = key > rest.Length && day == DayOfWeek.Monday ? new T() : null;
        return value is not null;
    }

    public override string ToString() => Title;

    public void Dispose()
    {
        Changed?.Invoke(this, EventArgs.Empty);
        GC.SuppressFinalize(this);
    }
}
