namespace WalProvider;

// One forward for each arity that the wrapped provider has.
public sealed partial class WalDbConnection
{
    /// <summary>Defines a function for SQL; defined again each time the connection is opened. Null removes it.</summary>
    /// <remarks>The session is not pooled then. The function must not execute SQL on this connection.</remarks>
    public void CreateFunction<TResult>(string name, Func<TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<T1, TResult>(string name, Func<T1, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<T1, T2, TResult>(string name, Func<T1, T2, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<T1, T2, T3, TResult>(string name, Func<T1, T2, T3, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<T1, T2, T3, T4, TResult>(string name, Func<T1, T2, T3, T4, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<T1, T2, T3, T4, T5, TResult>(string name, Func<T1, T2, T3, T4, T5, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<T1, T2, T3, T4, T5, T6, TResult>(string name, Func<T1, T2, T3, T4, T5, T6, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<T1, T2, T3, T4, T5, T6, T7, TResult>(string name, Func<T1, T2, T3, T4, T5, T6, T7, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<T1, T2, T3, T4, T5, T6, T7, T8, TResult>(string name, Func<T1, T2, T3, T4, T5, T6, T7, T8, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<T1, T2, T3, T4, T5, T6, T7, T8, T9, TResult>(string name, Func<T1, T2, T3, T4, T5, T6, T7, T8, T9, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, TResult>(string name, Func<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, TResult>(string name, Func<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, TResult>(string name, Func<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, TResult>(string name, Func<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, TResult>(string name, Func<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, TResult>(string name, Func<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, TResult>(string name, Func<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<TResult>(string name, Func<object?[], TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<TState, TResult>(string name, TState state, Func<TState, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, state, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<TState, T1, TResult>(string name, TState state, Func<TState, T1, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, state, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<TState, T1, T2, TResult>(string name, TState state, Func<TState, T1, T2, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, state, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<TState, T1, T2, T3, TResult>(string name, TState state, Func<TState, T1, T2, T3, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, state, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<TState, T1, T2, T3, T4, TResult>(string name, TState state, Func<TState, T1, T2, T3, T4, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, state, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<TState, T1, T2, T3, T4, T5, TResult>(string name, TState state, Func<TState, T1, T2, T3, T4, T5, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, state, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<TState, T1, T2, T3, T4, T5, T6, TResult>(string name, TState state, Func<TState, T1, T2, T3, T4, T5, T6, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, state, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<TState, T1, T2, T3, T4, T5, T6, T7, TResult>(string name, TState state, Func<TState, T1, T2, T3, T4, T5, T6, T7, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, state, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<TState, T1, T2, T3, T4, T5, T6, T7, T8, TResult>(string name, TState state, Func<TState, T1, T2, T3, T4, T5, T6, T7, T8, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, state, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<TState, T1, T2, T3, T4, T5, T6, T7, T8, T9, TResult>(string name, TState state, Func<TState, T1, T2, T3, T4, T5, T6, T7, T8, T9, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, state, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<TState, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, TResult>(string name, TState state, Func<TState, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, state, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<TState, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, TResult>(string name, TState state, Func<TState, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, state, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<TState, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, TResult>(string name, TState state, Func<TState, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, state, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<TState, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, TResult>(string name, TState state, Func<TState, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, state, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<TState, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, TResult>(string name, TState state, Func<TState, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, state, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<TState, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, TResult>(string name, TState state, Func<TState, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, state, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}?, bool)"/>
    public void CreateFunction<TState, TResult>(string name, TState state, Func<TState, object?[], TResult>? function, bool isDeterministic = false)
        => RegisterOnInner(inner => inner.CreateFunction(name, state, function, isDeterministic));
}
