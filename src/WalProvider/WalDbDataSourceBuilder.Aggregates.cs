namespace WalProvider;

// Aggregates and window functions for each new session, by our own calls of the engine: the wrapped provider's aggregates at 6.0.7 go
// on from where the last group ended, which on a pooled session was another user's.
public sealed partial class WalDbDataSourceBuilder
{
    /// <summary>Defines an aggregate for SQL on each new session; the session is pooled all the same.</summary>
    /// <param name="name">Its name in SQL.</param>
    /// <param name="seed">What each group begins with: a value, not an object that the steps change.</param>
    /// <param name="step">Takes a row in.</param>
    /// <param name="result">What the accumulated value comes to.</param>
    /// <param name="isDeterministic">Whether the same rows give the same result.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException">The name or one of the functions is null.</exception>
    /// <exception cref="NotSupportedException">Thrown by Open: The engine library does not export what it takes.</exception>
    /// <seealso href="https://www.sqlite.org/windowfunctions.html#udfwinfunc"/>
    /// <remarks>
    /// Arguments and result are converted as columns and parameters are. What the functions throw becomes the error of the
    /// statement. They are called on any session, so perhaps by several
    /// threads at once, and must not execute SQL on the connection that calls them.
    /// </remarks>
    public WalDbDataSourceBuilder CreateAggregate<T1, TAccumulate, TResult>(
        string name, TAccumulate seed, Func<TAccumulate, T1, TAccumulate> step, Func<TAccumulate, TResult> result, bool isDeterministic = false)
    {
        ArgumentNullException.ThrowIfNull(step);
        return Define(name, 1, isDeterministic, seed, (sum, arguments) => step(sum, arguments.Get<T1>(0)), null, result);
    }

    /// <inheritdoc cref="CreateAggregate{T1, TAccumulate, TResult}(string, TAccumulate, Func{TAccumulate, T1, TAccumulate}, Func{TAccumulate, TResult}, bool)"/>
    public WalDbDataSourceBuilder CreateAggregate<T1, T2, TAccumulate, TResult>(
        string name, TAccumulate seed, Func<TAccumulate, T1, T2, TAccumulate> step, Func<TAccumulate, TResult> result, bool isDeterministic = false)
    {
        ArgumentNullException.ThrowIfNull(step);
        return Define(name, 2, isDeterministic, seed, (sum, arguments) => step(sum, arguments.Get<T1>(0), arguments.Get<T2>(1)), null, result);
    }

    /// <inheritdoc cref="CreateAggregate{T1, TAccumulate, TResult}(string, TAccumulate, Func{TAccumulate, T1, TAccumulate}, Func{TAccumulate, TResult}, bool)"/>
    public WalDbDataSourceBuilder CreateAggregate<T1, T2, T3, TAccumulate, TResult>(
        string name, TAccumulate seed, Func<TAccumulate, T1, T2, T3, TAccumulate> step, Func<TAccumulate, TResult> result, bool isDeterministic = false)
    {
        ArgumentNullException.ThrowIfNull(step);
        return Define(name, 3, isDeterministic, seed, (sum, arguments) => step(sum, arguments.Get<T1>(0), arguments.Get<T2>(1), arguments.Get<T3>(2)), null, result);
    }

    /// <inheritdoc cref="CreateAggregate{T1, TAccumulate, TResult}(string, TAccumulate, Func{TAccumulate, T1, TAccumulate}, Func{TAccumulate, TResult}, bool)"/>
    public WalDbDataSourceBuilder CreateAggregate<TAccumulate, TResult>(
        string name, TAccumulate seed, Func<TAccumulate, object?[], TAccumulate> step, Func<TAccumulate, TResult> result, bool isDeterministic = false)
    {
        ArgumentNullException.ThrowIfNull(step);
        return Define(name, -1, isDeterministic, seed, (sum, arguments) => step(sum, arguments.ToArray()), null, result);
    }

    /// <summary>
    /// Defines a function on each new session that goes over a window of rows (<c>OVER</c>), or over a group as an aggregate does; the
    /// session is pooled all the same.
    /// </summary>
    /// <param name="name">Its name in SQL.</param>
    /// <param name="seed">What each group or window begins with: a value, not an object that the steps change.</param>
    /// <param name="step">Takes a row in.</param>
    /// <param name="inverse">Takes the oldest row out of the window again.</param>
    /// <param name="result">What the accumulated value comes to.</param>
    /// <param name="isDeterministic">Whether the same rows give the same result.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException">The name or one of the functions is null.</exception>
    /// <exception cref="NotSupportedException">Thrown by Open: The engine library does not export what it takes.</exception>
    /// <seealso href="https://www.sqlite.org/windowfunctions.html#udfwinfunc"/>
    /// <remarks>
    /// Arguments and result are converted as columns and parameters are. What the functions throw becomes the error of the
    /// statement. They are called on any session, so perhaps by several
    /// threads at once, and must not execute SQL on the connection that calls them.
    /// </remarks>
    public WalDbDataSourceBuilder CreateWindowFunction<T1, TAccumulate, TResult>(
        string name, TAccumulate seed, Func<TAccumulate, T1, TAccumulate> step, Func<TAccumulate, T1, TAccumulate> inverse, Func<TAccumulate, TResult> result, bool isDeterministic = false)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(inverse);
        return Define(name, 1, isDeterministic, seed, (sum, arguments) => step(sum, arguments.Get<T1>(0)), (sum, arguments) => inverse(sum, arguments.Get<T1>(0)), result);
    }

    /// <inheritdoc cref="CreateWindowFunction{T1, TAccumulate, TResult}(string, TAccumulate, Func{TAccumulate, T1, TAccumulate}, Func{TAccumulate, T1, TAccumulate}, Func{TAccumulate, TResult}, bool)"/>
    public WalDbDataSourceBuilder CreateWindowFunction<T1, T2, TAccumulate, TResult>(
        string name, TAccumulate seed, Func<TAccumulate, T1, T2, TAccumulate> step, Func<TAccumulate, T1, T2, TAccumulate> inverse, Func<TAccumulate, TResult> result, bool isDeterministic = false)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(inverse);
        return Define(name, 2, isDeterministic, seed, (sum, arguments) => step(sum, arguments.Get<T1>(0), arguments.Get<T2>(1)), (sum, arguments) => inverse(sum, arguments.Get<T1>(0), arguments.Get<T2>(1)), result);
    }

    /// <inheritdoc cref="CreateWindowFunction{T1, TAccumulate, TResult}(string, TAccumulate, Func{TAccumulate, T1, TAccumulate}, Func{TAccumulate, T1, TAccumulate}, Func{TAccumulate, TResult}, bool)"/>
    public WalDbDataSourceBuilder CreateWindowFunction<T1, T2, T3, TAccumulate, TResult>(
        string name, TAccumulate seed, Func<TAccumulate, T1, T2, T3, TAccumulate> step, Func<TAccumulate, T1, T2, T3, TAccumulate> inverse, Func<TAccumulate, TResult> result, bool isDeterministic = false)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(inverse);
        return Define(name, 3, isDeterministic, seed, (sum, arguments) => step(sum, arguments.Get<T1>(0), arguments.Get<T2>(1), arguments.Get<T3>(2)), (sum, arguments) => inverse(sum, arguments.Get<T1>(0), arguments.Get<T2>(1), arguments.Get<T3>(2)), result);
    }

    /// <inheritdoc cref="CreateWindowFunction{T1, TAccumulate, TResult}(string, TAccumulate, Func{TAccumulate, T1, TAccumulate}, Func{TAccumulate, T1, TAccumulate}, Func{TAccumulate, TResult}, bool)"/>
    public WalDbDataSourceBuilder CreateWindowFunction<TAccumulate, TResult>(
        string name, TAccumulate seed, Func<TAccumulate, object?[], TAccumulate> step, Func<TAccumulate, object?[], TAccumulate> inverse, Func<TAccumulate, TResult> result, bool isDeterministic = false)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(inverse);
        return Define(name, -1, isDeterministic, seed, (sum, arguments) => step(sum, arguments.ToArray()), (sum, arguments) => inverse(sum, arguments.ToArray()), result);
    }

    private WalDbDataSourceBuilder Define<TAccumulate, TResult>(
        string name, int arity, bool isDeterministic, TAccumulate seed, FunctionStep<TAccumulate> step, FunctionStep<TAccumulate>? inverse, Func<TAccumulate, TResult> result)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(result);
        return UseSessionInitializer(
            inner => new AggregateFunctionOf<TAccumulate>(name, seed, step, inverse, sum => result(sum)).Define(inner.Handle!, arity, isDeterministic));
    }
}
