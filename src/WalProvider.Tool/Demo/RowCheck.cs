namespace WalProvider.Tool;

/// <summary>What reading all rows came to.</summary>
/// <param name="Rows">How many rows were read.</param>
/// <param name="Checksum">The checksum of all their values, in order.</param>
/// <param name="ExpectedRows">How many there should be.</param>
/// <param name="ExpectedChecksum">What the checksum should be.</param>
internal sealed record RowCheck(long Rows, string Checksum, long ExpectedRows, string ExpectedChecksum)
{
    public bool IsRight => Rows == ExpectedRows && Checksum == ExpectedChecksum;
}
