using System.Runtime.InteropServices;

namespace WalProvider;

/// <summary>
/// Memory for the texts that a statement's parameters are bound to: the engine reads them there and copies nothing.
/// </summary>
/// <remarks>
/// NB: what was handed out must stay until the bindings are cleared. So it never grows; what does not fit is copied by
/// the engine.
/// </remarks>
internal sealed unsafe class BindArena : IDisposable
{
    private const int Size = 2048;

    private byte* _memory;
    private int _used;

    /// <summary>What is left.</summary>
    internal Span<byte> Rest
    {
        get
        {
            if (_memory == null)
            {
                _memory = (byte*)NativeMemory.Alloc(Size);
            }

            return new Span<byte>(_memory + _used, Size - _used);
        }
    }

    /// <summary>Takes the first bytes of <see cref="Rest"/>, which the caller has written.</summary>
    internal byte* Take(int length)
    {
        var start = _memory + _used;
        _used += length;
        return start;
    }

    /// <summary>Takes all back: the bindings are cleared.</summary>
    internal void Reset() => _used = 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(_memory);
        _memory = null;
    }
}
