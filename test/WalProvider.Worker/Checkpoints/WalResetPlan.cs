namespace WalProvider.Worker;

/// <summary>What a worker does behind the shim that opens the window of the WAL-reset bug: one text, so that it can be told in its call.</summary>
/// <param name="Seconds">For how long.</param>
/// <param name="LeastCheckpoints">Goes on beyond that until so many checkpoints were run.</param>
/// <param name="IsGuarded">Through WalProvider; else as a program does that knows nothing of the bug.</param>
/// <param name="Writes">Whether it writes.</param>
/// <param name="Checkpoints">Whether it runs checkpoints; else it writes until any line.</param>
internal sealed record WalResetPlan(int Seconds, int LeastCheckpoints, bool IsGuarded = true, bool Writes = true, bool Checkpoints = true)
{
    public static WalResetPlan Parse(string text)
    {
        var parts = text.Split(' ');
        return new WalResetPlan(Number(0), Number(1), Flag(2), Flag(3), Flag(4));

        int Number(int part) => int.Parse(parts[part], System.Globalization.CultureInfo.InvariantCulture);

        bool Flag(int part) => bool.Parse(parts[part]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Seconds} {LeastCheckpoints} {IsGuarded} {Writes} {Checkpoints}";
}
