using System.Buffers.Binary;

namespace WalProvider.Worker;

/// <summary>Damages a database file, each time in the same way for the same number.</summary>
/// <param name="sound">The file as it should be.</param>
/// <seealso href="https://www.sqlite.org/fileformat2.html"/>
internal sealed class DamagedDatabase(byte[] sound)
{
    private const int HeaderBytes = 100;
    private const byte InteriorIndex = 2;
    private const byte InteriorTable = 5;
    private const byte LeafTable = 13;

    private static readonly (string Name, Action<DamagedDatabase, Random> Do)[] Kinds =
    [
        ("flips", (file, random) => file.Flip(random, 0, file._bytes.Length, random.Next(1, 17))),
        ("header", (file, random) => file.Flip(random, 0, HeaderBytes, random.Next(1, 5))),
        ("header field", (file, random) => file.Put(random.Next(0, HeaderBytes / 4) * 4, file.Odd(random))),
        ("page headers", (file, random) => file.FlipPageHeaders(random)),
        ("schema", (file, random) => file.Flip(random, HeaderBytes, file._pageSize, random.Next(1, 9))),
        ("pages swapped", (file, random) => file.Swap(random)),
        ("page wiped", (file, random) => file.Page(random).Fill(random.Next(2) == 0 ? (byte)0 : (byte)0xFF)),
        ("page of noise", (file, random) => random.NextBytes(file.Page(random))),
        ("cut off", (file, random) => file._bytes = file._bytes[..random.Next(file._bytes.Length)]),
        ("freelist", (file, random) => file.BendFreelist(random)),
        ("tree pointers", (file, random) => file.BendTree(random)),
        ("overflow chains", (file, random) => file.BendOverflow(random)),
    ];

    private readonly int _pageSize = BinaryPrimitives.ReadUInt16BigEndian(sound.AsSpan(16));
    private byte[] _bytes = [];

    private int Pages => _bytes.Length / _pageSize;

    /// <summary>The file with the damage of a number, and what kind that is.</summary>
    public (byte[] Bytes, string Kind) Damage(int number)
    {
        _bytes = (byte[])sound.Clone();
        var (name, damage) = Kinds[number % Kinds.Length];
        damage(this, new Random(number));
        return (_bytes, name);
    }

    private Span<byte> Page(int page) => _bytes.AsSpan((page - 1) * _pageSize, _pageSize);

    private Span<byte> Page(Random random) => Page(random.Next(2, Pages + 1));

    private void Put(int at, uint value) => BinaryPrimitives.WriteUInt32BigEndian(_bytes.AsSpan(at), value);

    // What a reader may not expect: nothing, itself, behind the end, negative.
    private uint Odd(Random random)
    {
        uint[] odd = [0, 1, 2, (uint)Pages, (uint)Pages + 1, int.MaxValue, uint.MaxValue, (uint)random.Next(Pages + 1), (uint)random.Next()];
        return odd[random.Next(odd.Length)];
    }

    private void Flip(Random random, int from, int to, int times)
    {
        for (; times > 0; times--)
            _bytes[random.Next(from, to)] ^= (byte)(1 << random.Next(8));
    }

    private void FlipPageHeaders(Random random)
    {
        for (var n = random.Next(1, 6); n > 0; n--)
        {
            var start = random.Next(1, Pages) * _pageSize;
            _bytes[start + random.Next(0, 40)] = (byte)random.Next(256);
        }
    }

    private void Swap(Random random)
    {
        var (one, other) = (random.Next(2, Pages + 1), random.Next(2, Pages + 1));
        var kept = Page(one).ToArray();
        Page(other).CopyTo(Page(one));
        kept.CopyTo(Page(other));
    }

    // The header names the first trunk page; each names the next, how many leaves it lists, and those.
    private void BendFreelist(Random random)
    {
        var trunk = BinaryPrimitives.ReadInt32BigEndian(_bytes.AsSpan(32));
        var at = (trunk - 1) * _pageSize + 4 * random.Next(4);
        Put(random.Next(3) == 0 ? 32 : at, random.Next(2) == 0 ? (uint)trunk : Odd(random));
        if (random.Next(2) == 0)
            Put(36, Odd(random));
    }

    // The right-most child of an interior page stands in its header, the others at the beginning of each cell.
    private void BendTree(Random random)
    {
        var interior = Enumerable.Range(1, Pages).Where(page => Page(page)[HeaderOf(page)] is InteriorTable or InteriorIndex).ToArray();
        var page = interior[random.Next(interior.Length)];
        var header = HeaderOf(page);
        var cells = BinaryPrimitives.ReadUInt16BigEndian(Page(page)[(header + 3)..]);
        var cell = random.Next(-1, cells);
        var at = cell < 0 ? header + 8 : BinaryPrimitives.ReadUInt16BigEndian(Page(page)[(header + 12 + 2 * cell)..]);
        uint target = random.Next(3) switch { 0 => (uint)page, 1 => (uint)interior[0], _ => Odd(random) };
        Put((page - 1) * _pageSize + Math.Min(at, _pageSize - 4), target);
    }

    // An overflow page begins with the number of the next one.
    private void BendOverflow(Random random)
    {
        var overflow = Enumerable.Range(2, Pages - 1).Where(page => Page(page)[0] is not (InteriorIndex or InteriorTable or 10 or LeafTable)).ToArray();
        var page = overflow[random.Next(overflow.Length)];
        Put((page - 1) * _pageSize, random.Next(2) == 0 ? (uint)page : Odd(random));
    }

    private static int HeaderOf(int page) => page == 1 ? HeaderBytes : 0;
}
