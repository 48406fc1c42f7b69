using System.Collections;

namespace WalProvider;

/// <summary>
/// What became of a profile on one session: each pragma as it was read back after it was set. It says what was in effect
/// when the session began; a PRAGMA that is executed later does not change it.
/// </summary>
/// <seealso href="https://www.sqlite.org/pragma.html"/>
public sealed class EffectiveProfile : IReadOnlyList<EffectivePragma>
{
    private readonly IReadOnlyList<EffectivePragma> _pragmas;

    internal EffectiveProfile(WalProfile name, IReadOnlyList<EffectivePragma> pragmas)
    {
        Name = name;
        _pragmas = pragmas;
        IsComplete = pragmas.All(pragma => pragma.IsInEffect);
    }

    /// <summary>The profile that was asked for.</summary>
    public WalProfile Name { get; }

    /// <summary>True where every pragma took. False leaves at least one whose <see cref="EffectivePragma.IsInEffect"/> is false.</summary>
    public bool IsComplete { get; }

    /// <summary>How many pragmas there are.</summary>
    public int Count => _pragmas.Count;

    /// <summary>The pragma at a place, in the order in which they were set.</summary>
    /// <param name="index">The place, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public EffectivePragma this[int index] => _pragmas[index];

    /// <summary>The value in effect of one pragma; null where the profile does not have it or it cannot be read.</summary>
    /// <param name="name">SQLite's name for it; case does not matter.</param>
    public string? this[string name] =>
        _pragmas.FirstOrDefault(pragma => pragma.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Actual;

    /// <summary>The pragmas, in the order in which they were set.</summary>
    public IEnumerator<EffectivePragma> GetEnumerator() => _pragmas.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The profile as text, for logs.</summary>
    public override string ToString() => $"{Name}: {string.Join(", ", _pragmas)}";
}
