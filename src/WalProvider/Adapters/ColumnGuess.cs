using System.Diagnostics.CodeAnalysis;
using SQLitePCL;

namespace WalProvider;

/// <summary>
/// Finds the type for a new column of a DataTable: one that holds each value of the result unchanged. SQLite's columns
/// hold values of any type, a DataTable's convert what does not fit, and round 1.5 to 2 in silence.
/// </summary>
/// <remarks>
/// The type that the declaration asks for where all values go through it; otherwise that of their storage class; double
/// for integers and reals together where it holds the integers; object for all other mixtures.
/// </remarks>
internal sealed class ColumnGuess(string? declared)
{
    private const long LargestExactInteger = 1L << 53;

    private readonly Type? _asked = ExactValue.TypeFor(declared);
    private readonly bool _isRealDeclared = declared is not null && ColumnTypes.Affinity(declared) == raw.SQLITE_FLOAT;
    private bool _isAskedRefuted;
    private bool _hasLargeIntegers;
    private bool _hasIntegers;
    private bool _hasReals;
    private bool _hasTexts;
    private bool _hasBlobs;

    /// <summary>The type by the values seen so far.</summary>
    internal Type Type
    {
        [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties)]
        get => _asked is not null && !_isAskedRefuted ? Asked() : ByStorageClass();
    }

    /// <summary>Whether NULL was among the values.</summary>
    internal bool HasNull { get; private set; }

    /// <summary>Takes a value of the column into account.</summary>
    internal void See(object value)
    {
        if (value is DBNull)
        {
            HasNull = true;
            return;
        }

        _isAskedRefuted = _isAskedRefuted || (_asked is not null && ExactValue.In(_asked, value) is null);
        _hasIntegers |= value is long;
        _hasLargeIntegers |= value is > LargestExactInteger or < -LargestExactInteger;
        _hasReals |= value is double;
        _hasTexts |= value is string;
        _hasBlobs |= value is byte[];
    }

    /// <summary>The value in the type that was found.</summary>
    internal object Convert(object value)
        => value is DBNull ? value
            : _asked is not null && !_isAskedRefuted ? ExactValue.In(_asked, value)!
            : value is long whole && Type == typeof(double) ? (double)whole
            : value;

    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties)]
    private Type Asked() => _asked == typeof(bool) ? typeof(bool)
        : _asked == typeof(Guid) ? typeof(Guid)
        : _asked == typeof(DateTime) ? typeof(DateTime)
        : typeof(decimal);

    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties)]
    private Type ByStorageClass() => (_hasIntegers, _hasReals || (_isRealDeclared && _hasIntegers), _hasTexts, _hasBlobs) switch
    {
        (true, false, false, false) => typeof(long),
        (false, true, false, false) => typeof(double),
        (true, true, false, false) when !_hasLargeIntegers => typeof(double),
        (false, false, true, false) => typeof(string),
        (false, false, false, true) => typeof(byte[]),
        (false, false, false, false) when declared is not null => ColumnTypes.Clr(ColumnTypes.Affinity(declared)),
        _ => typeof(object),
    };
}
