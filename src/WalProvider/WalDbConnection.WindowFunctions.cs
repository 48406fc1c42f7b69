namespace WalProvider;

// Window functions, which the wrapped provider does not have.
public sealed partial class WalDbConnection
{
    /// <summary>
    /// Defines a function for SQL that goes over a window of rows (<c>OVER</c>), or over a group as an aggregate does; defined again
    /// each time the connection is opened. The session is not pooled then.
    /// </summary>
    /// <param name="name">Its name in SQL.</param>
    /// <param name="seed">What each group or window begins with: a value, not an object that the steps change.</param>
    /// <param name="step">Takes a row in.</param>
    /// <param name="inverse">Takes the oldest row out of the window again.</param>
    /// <param name="result">What the accumulated value comes to.</param>
    /// <param name="isDeterministic">Whether the same rows give the same result.</param>
    /// <exception cref="ArgumentNullException">The name or one of the functions is null.</exception>
    /// <exception cref="NotSupportedException">The engine library does not export what it takes.</exception>
    /// <seealso href="https://www.sqlite.org/windowfunctions.html#udfwinfunc"/>
    /// <remarks>
    /// Arguments and result are converted as columns and parameters are. What the functions throw becomes the error of the
    /// statement. They must not execute SQL on the connection that calls them.
    /// </remarks>
    public void CreateWindowFunction<T1, TAccumulate, TResult>(
        string name, TAccumulate seed, Func<TAccumulate, T1, TAccumulate> step, Func<TAccumulate, T1, TAccumulate> inverse, Func<TAccumulate, TResult> result, bool isDeterministic = false)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(inverse);
        Define(name, 1, isDeterministic, seed, (sum, arguments) => step(sum, arguments.Get<T1>(0)), (sum, arguments) => inverse(sum, arguments.Get<T1>(0)), result);
    }

    /// <inheritdoc cref="CreateWindowFunction{T1, TAccumulate, TResult}(string, TAccumulate, Func{TAccumulate, T1, TAccumulate}, Func{TAccumulate, T1, TAccumulate}, Func{TAccumulate, TResult}, bool)"/>
    public void CreateWindowFunction<T1, T2, TAccumulate, TResult>(
        string name, TAccumulate seed, Func<TAccumulate, T1, T2, TAccumulate> step, Func<TAccumulate, T1, T2, TAccumulate> inverse, Func<TAccumulate, TResult> result, bool isDeterministic = false)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(inverse);
        Define(name, 2, isDeterministic, seed, (sum, arguments) => step(sum, arguments.Get<T1>(0), arguments.Get<T2>(1)), (sum, arguments) => inverse(sum, arguments.Get<T1>(0), arguments.Get<T2>(1)), result);
    }

    /// <inheritdoc cref="CreateWindowFunction{T1, TAccumulate, TResult}(string, TAccumulate, Func{TAccumulate, T1, TAccumulate}, Func{TAccumulate, T1, TAccumulate}, Func{TAccumulate, TResult}, bool)"/>
    public void CreateWindowFunction<T1, T2, T3, TAccumulate, TResult>(
        string name, TAccumulate seed, Func<TAccumulate, T1, T2, T3, TAccumulate> step, Func<TAccumulate, T1, T2, T3, TAccumulate> inverse, Func<TAccumulate, TResult> result, bool isDeterministic = false)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(inverse);
        Define(name, 3, isDeterministic, seed, (sum, arguments) => step(sum, arguments.Get<T1>(0), arguments.Get<T2>(1), arguments.Get<T3>(2)), (sum, arguments) => inverse(sum, arguments.Get<T1>(0), arguments.Get<T2>(1), arguments.Get<T3>(2)), result);
    }

    /// <inheritdoc cref="CreateWindowFunction{T1, TAccumulate, TResult}(string, TAccumulate, Func{TAccumulate, T1, TAccumulate}, Func{TAccumulate, T1, TAccumulate}, Func{TAccumulate, TResult}, bool)"/>
    public void CreateWindowFunction<TAccumulate, TResult>(
        string name, TAccumulate seed, Func<TAccumulate, object?[], TAccumulate> step, Func<TAccumulate, object?[], TAccumulate> inverse, Func<TAccumulate, TResult> result, bool isDeterministic = false)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(inverse);
        Define(name, -1, isDeterministic, seed, (sum, arguments) => step(sum, arguments.ToArray()), (sum, arguments) => inverse(sum, arguments.ToArray()), result);
    }

    private void Define<TAccumulate, TResult>(
        string name, int arity, bool isDeterministic, TAccumulate seed, FunctionStep<TAccumulate> step, FunctionStep<TAccumulate>? inverse, Func<TAccumulate, TResult> result)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(result);
        var function = new AggregateFunctionOf<TAccumulate>(name, seed, step, inverse, sum => result(sum));
        RegisterOnInner(inner => function.Define(inner.Handle!, arity, isDeterministic));
    }
}
