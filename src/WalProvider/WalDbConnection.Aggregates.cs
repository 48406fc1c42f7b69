namespace WalProvider;

// One forward for each arity that the wrapped provider has.
public sealed partial class WalDbConnection
{
    /// <summary>Defines an aggregate for SQL; defined again each time the connection is opened. Null removes it.</summary>
    /// <remarks>The session is not pooled then. The aggregate must not execute SQL on this connection.</remarks>
    public void CreateAggregate<TAccumulate>(string name, Func<TAccumulate?, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, TAccumulate>(string name, Func<TAccumulate?, T1, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, TAccumulate>(string name, Func<TAccumulate?, T1, T2, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, TAccumulate>(string name, Func<TAccumulate?, T1, T2, T3, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, TAccumulate>(string name, Func<TAccumulate?, T1, T2, T3, T4, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, TAccumulate>(string name, Func<TAccumulate?, T1, T2, T3, T4, T5, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, T6, TAccumulate>(string name, Func<TAccumulate?, T1, T2, T3, T4, T5, T6, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, T6, T7, TAccumulate>(string name, Func<TAccumulate?, T1, T2, T3, T4, T5, T6, T7, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, T6, T7, T8, TAccumulate>(string name, Func<TAccumulate?, T1, T2, T3, T4, T5, T6, T7, T8, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, T6, T7, T8, T9, TAccumulate>(string name, Func<TAccumulate?, T1, T2, T3, T4, T5, T6, T7, T8, T9, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, TAccumulate>(string name, Func<TAccumulate?, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, TAccumulate>(string name, Func<TAccumulate?, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, TAccumulate>(string name, Func<TAccumulate?, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, TAccumulate>(string name, Func<TAccumulate?, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, TAccumulate>(string name, Func<TAccumulate?, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, TAccumulate>(string name, Func<TAccumulate?, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<TAccumulate>(string name, Func<TAccumulate?, object?[], TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<TAccumulate>(
        string name, TAccumulate seed, Func<TAccumulate, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, TAccumulate>(
        string name, TAccumulate seed, Func<TAccumulate, T1, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, TAccumulate>(
        string name, TAccumulate seed, Func<TAccumulate, T1, T2, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, TAccumulate>(
        string name, TAccumulate seed, Func<TAccumulate, T1, T2, T3, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, TAccumulate>(
        string name, TAccumulate seed, Func<TAccumulate, T1, T2, T3, T4, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, TAccumulate>(
        string name, TAccumulate seed, Func<TAccumulate, T1, T2, T3, T4, T5, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, T6, TAccumulate>(
        string name, TAccumulate seed, Func<TAccumulate, T1, T2, T3, T4, T5, T6, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, T6, T7, TAccumulate>(
        string name, TAccumulate seed, Func<TAccumulate, T1, T2, T3, T4, T5, T6, T7, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, T6, T7, T8, TAccumulate>(
        string name, TAccumulate seed, Func<TAccumulate, T1, T2, T3, T4, T5, T6, T7, T8, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, T6, T7, T8, T9, TAccumulate>(
        string name, TAccumulate seed, Func<TAccumulate, T1, T2, T3, T4, T5, T6, T7, T8, T9, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, TAccumulate>(
        string name, TAccumulate seed, Func<TAccumulate, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, TAccumulate>(
        string name, TAccumulate seed, Func<TAccumulate, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, TAccumulate>(
        string name, TAccumulate seed, Func<TAccumulate, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, TAccumulate>(
        string name, TAccumulate seed, Func<TAccumulate, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, TAccumulate>(
        string name, TAccumulate seed, Func<TAccumulate, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, TAccumulate>(
        string name, TAccumulate seed, Func<TAccumulate, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<TAccumulate>(
        string name, TAccumulate seed, Func<TAccumulate, object?[], TAccumulate>? func, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<TAccumulate, TResult>(
        string name,
        TAccumulate seed,
        Func<TAccumulate, TAccumulate>? func,
        Func<TAccumulate, TResult>? resultSelector,
        bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, resultSelector, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, TAccumulate, TResult>(
        string name,
        TAccumulate seed,
        Func<TAccumulate, T1, TAccumulate>? func,
        Func<TAccumulate, TResult>? resultSelector,
        bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, resultSelector, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, TAccumulate, TResult>(
        string name,
        TAccumulate seed,
        Func<TAccumulate, T1, T2, TAccumulate>? func,
        Func<TAccumulate, TResult>? resultSelector,
        bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, resultSelector, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, TAccumulate, TResult>(
        string name,
        TAccumulate seed,
        Func<TAccumulate, T1, T2, T3, TAccumulate>? func,
        Func<TAccumulate, TResult>? resultSelector,
        bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, resultSelector, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, TAccumulate, TResult>(
        string name,
        TAccumulate seed,
        Func<TAccumulate, T1, T2, T3, T4, TAccumulate>? func,
        Func<TAccumulate, TResult>? resultSelector,
        bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, resultSelector, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, TAccumulate, TResult>(
        string name,
        TAccumulate seed,
        Func<TAccumulate, T1, T2, T3, T4, T5, TAccumulate>? func,
        Func<TAccumulate, TResult>? resultSelector,
        bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, resultSelector, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, T6, TAccumulate, TResult>(
        string name,
        TAccumulate seed,
        Func<TAccumulate, T1, T2, T3, T4, T5, T6, TAccumulate>? func,
        Func<TAccumulate, TResult>? resultSelector,
        bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, resultSelector, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, T6, T7, TAccumulate, TResult>(
        string name,
        TAccumulate seed,
        Func<TAccumulate, T1, T2, T3, T4, T5, T6, T7, TAccumulate>? func,
        Func<TAccumulate, TResult>? resultSelector,
        bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, resultSelector, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, T6, T7, T8, TAccumulate, TResult>(
        string name,
        TAccumulate seed,
        Func<TAccumulate, T1, T2, T3, T4, T5, T6, T7, T8, TAccumulate>? func,
        Func<TAccumulate, TResult>? resultSelector,
        bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, resultSelector, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, T6, T7, T8, T9, TAccumulate, TResult>(
        string name,
        TAccumulate seed,
        Func<TAccumulate, T1, T2, T3, T4, T5, T6, T7, T8, T9, TAccumulate>? func,
        Func<TAccumulate, TResult>? resultSelector,
        bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, resultSelector, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, TAccumulate, TResult>(
        string name,
        TAccumulate seed,
        Func<TAccumulate, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, TAccumulate>? func,
        Func<TAccumulate, TResult>? resultSelector,
        bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, resultSelector, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, TAccumulate, TResult>(
        string name,
        TAccumulate seed,
        Func<TAccumulate, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, TAccumulate>? func,
        Func<TAccumulate, TResult>? resultSelector,
        bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, resultSelector, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, TAccumulate, TResult>(
        string name,
        TAccumulate seed,
        Func<TAccumulate, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, TAccumulate>? func,
        Func<TAccumulate, TResult>? resultSelector,
        bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, resultSelector, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, TAccumulate, TResult>(
        string name,
        TAccumulate seed,
        Func<TAccumulate, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, TAccumulate>? func,
        Func<TAccumulate, TResult>? resultSelector,
        bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, resultSelector, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, TAccumulate, TResult>(
        string name,
        TAccumulate seed,
        Func<TAccumulate, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, TAccumulate>? func,
        Func<TAccumulate, TResult>? resultSelector,
        bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, resultSelector, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, TAccumulate, TResult>(
        string name,
        TAccumulate seed,
        Func<TAccumulate, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, TAccumulate>? func,
        Func<TAccumulate, TResult>? resultSelector,
        bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, resultSelector, isDeterministic));

    /// <inheritdoc cref="CreateAggregate{TAccumulate}(string, Func{TAccumulate, TAccumulate}, bool)"/>
    public void CreateAggregate<TAccumulate, TResult>(
        string name,
        TAccumulate seed,
        Func<TAccumulate, object?[], TAccumulate>? func,
        Func<TAccumulate, TResult>? resultSelector,
        bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateAggregate(name, seed, func, resultSelector, isDeterministic));
}
