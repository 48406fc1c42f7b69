namespace WalProvider.Tool;

/// <summary>What happened to a WAL between two looks at it.</summary>
/// <param name="Time">When the second look was.</param>
/// <param name="WalBytes">The length of the WAL then.</param>
/// <param name="Frames">How many frames it held; null where it could not be told.</param>
/// <param name="CheckpointedFrames">How many of them were in the main file.</param>
/// <param name="WrittenFrames">How many were written between, at least: a WAL that was begun anew hides some.</param>
/// <param name="WasCheckpointed">Whether a checkpoint ran between, anybody's.</param>
internal sealed record WalChange(
    DateTimeOffset Time, long WalBytes, int? Frames, int? CheckpointedFrames, int WrittenFrames, bool WasCheckpointed)
{
    public static WalChange Between(WalStatus before, WalStatus after, DateTimeOffset time)
    {
        var (had, has) = (before.Frames ?? 0, after.Frames ?? 0);
        var isNewTurn = has < had;
        return new WalChange(
            time,
            after.WalBytes,
            after.Frames,
            after.CheckpointedFrames,
            isNewTurn ? has : has - had,
            isNewTurn || (after.CheckpointedFrames ?? 0) > (before.CheckpointedFrames ?? 0));
    }

    public override string ToString()
        => $"{Time:HH:mm:ss}  WAL {Quantity.Bytes(WalBytes)}, {Quantity.Count(Frames ?? 0)} frames, "
            + $"{Quantity.Count(CheckpointedFrames ?? 0)} in the main file; written {Quantity.Count(WrittenFrames)}"
            + (WasCheckpointed ? "; checkpoint" : "");
}
