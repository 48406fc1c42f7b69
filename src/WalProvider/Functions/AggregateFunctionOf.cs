namespace WalProvider;

/// <summary>An aggregate or a window function that accumulates a value of one type.</summary>
/// <param name="name">Its name in SQL.</param>
/// <param name="seed">What a group begins with.</param>
/// <param name="step">Takes a row in.</param>
/// <param name="inverse">Takes the oldest row out; null where it is no window function.</param>
/// <param name="result">What the accumulated value comes to.</param>
internal sealed class AggregateFunctionOf<TAccumulate>(
    string name, TAccumulate seed, FunctionStep<TAccumulate> step, FunctionStep<TAccumulate>? inverse, Func<TAccumulate, object?> result)
    : AggregateFunction(name)
{
    /// <inheritdoc/>
    protected override bool HasInverse => inverse is not null;

    /// <inheritdoc/>
    protected override AggregateRun Begin() => new Run(seed, step, inverse, result);

    private sealed class Run(
        TAccumulate seed, FunctionStep<TAccumulate> step, FunctionStep<TAccumulate>? inverse, Func<TAccumulate, object?> result) : AggregateRun
    {
        private TAccumulate _accumulate = seed;

        /// <inheritdoc/>
        protected override void Accumulate(FunctionArguments arguments, bool isInverse)
            => _accumulate = isInverse ? inverse!(_accumulate, arguments) : step(_accumulate, arguments);

        /// <inheritdoc/>
        protected override object? Result() => result(_accumulate);
    }
}
