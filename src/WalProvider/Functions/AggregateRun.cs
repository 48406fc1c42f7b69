using System.Runtime.ExceptionServices;

namespace WalProvider;

/// <summary>One group, or one window, that an aggregate goes over.</summary>
internal abstract class AggregateRun
{
    // NB: an exception must not pass through the engine; its statement is failed with it.
    private ExceptionDispatchInfo? _failure;

    /// <summary>What the caller's code has thrown; nothing more is called then.</summary>
    internal Exception? Failure => _failure?.SourceException;

    /// <summary>Takes a row in, or out again.</summary>
    internal void Step(FunctionArguments arguments, bool isInverse)
    {
        if (_failure is null)
        {
            try
            {
                Accumulate(arguments, isInverse);
            }
            catch (Exception failure)
            {
                _failure = ExceptionDispatchInfo.Capture(failure);
            }
        }
    }

    /// <summary>What the rows come to: null, long, double, string or byte[]; null where the caller's code has thrown.</summary>
    internal object? Value()
    {
        if (_failure is not null)
        {
            return null;
        }

        try
        {
            return FunctionResult.From(Result());
        }
        catch (Exception failure)
        {
            _failure = ExceptionDispatchInfo.Capture(failure);
            return null;
        }
    }

    /// <inheritdoc cref="Step"/>
    protected abstract void Accumulate(FunctionArguments arguments, bool isInverse);

    /// <inheritdoc cref="Value"/>
    protected abstract object? Result();
}
