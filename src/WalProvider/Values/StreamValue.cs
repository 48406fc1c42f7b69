using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WalProvider;

/// <summary>What a stream among the parameters holds, read into memory that the engine binds where it stands.</summary>
/// <remarks>The memory is not the garbage collector's: the engine keeps its address until the bindings are cleared.</remarks>
internal sealed class StreamValue : IDisposable
{
    private const int FirstCapacity = 64 * 1024;
    private const int ChunkSize = 128 * 1024;

    private readonly int _atMost;
    private nint _memory;
    private long _capacity;

    /// <param name="stream">The stream, read from where it stands.</param>
    /// <param name="atMost">At most so many bytes of it; 0 for all.</param>
    internal StreamValue(Stream stream, int atMost)
    {
        Stream = stream;
        _atMost = atMost;
    }

    ~StreamValue() => Free();

    /// <summary>The stream.</summary>
    internal Stream Stream { get; }

    /// <summary>Whether it was read to its end.</summary>
    internal bool IsRead { get; private set; }

    /// <summary>What was read.</summary>
    internal unsafe ReadOnlySpan<byte> Bytes => new((void*)_memory, Length);

    private int Length { get; set; }

    /// <summary>Reads it.</summary>
    /// <param name="limit">The longest value that the engine takes.</param>
    /// <param name="async">Whether to read without blocking.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="SqliteException">It is longer than the limit; where its length is known, nothing was read.</exception>
    internal async ValueTask Read(int limit, bool async, CancellationToken cancellationToken)
    {
        var wanted = _atMost > 0 ? _atMost : long.MaxValue;
        Reserve(Stream.CanSeek ? Math.Min(wanted, Math.Max(0, Stream.Length - Stream.Position)) : 0, limit);
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            while (Length < wanted)
            {
                var part = chunk.AsMemory(0, (int)Math.Min(chunk.Length, wanted - Length));
                var read = async
                    ? await Stream.ReadAsync(part, cancellationToken).ConfigureAwait(false)
                    : Stream.Read(part.Span);
                if (read == 0)
                {
                    break;
                }

                Append(part.Span[..read], limit);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        IsRead = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private unsafe void Append(ReadOnlySpan<byte> bytes, int limit)
    {
        if (Length + (long)bytes.Length > _capacity)
        {
            Reserve(Length + (long)bytes.Length, limit);
        }

        bytes.CopyTo(new Span<byte>((byte*)_memory + Length, bytes.Length));
        Length += bytes.Length;
    }

    private unsafe void Reserve(long length, int limit)
    {
        if (length > limit)
        {
            SqliteException.ThrowExceptionForRC(raw.SQLITE_TOOBIG, null);
        }

        _capacity = _memory == 0 ? Math.Max(length, 1) : Math.Max(length, Math.Min(limit, Math.Max(FirstCapacity, _capacity * 2)));
        _memory = (nint)NativeMemory.Realloc((void*)_memory, (nuint)_capacity);
    }

    private unsafe void Free()
    {
        NativeMemory.Free((void*)_memory);
        _memory = 0;
        Length = 0;
    }
}
