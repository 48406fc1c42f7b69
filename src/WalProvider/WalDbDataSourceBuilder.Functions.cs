namespace WalProvider;

// What each new session is given: functions, aggregates, collations, extensions. One forward for each arity that the wrapped
// provider has.
public sealed partial class WalDbDataSourceBuilder
{
    /// <summary>Defines a collation on each new session.</summary>
    /// <param name="name">Its name in SQL.</param>
    /// <param name="comparison">The order. Called on any session, so perhaps by several threads at once.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException">One of them is null.</exception>
    public WalDbDataSourceBuilder CreateCollation(string name, Comparison<string> comparison)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(comparison);
        return UseSessionInitializer(inner => inner.CreateCollation(name, comparison));
    }

    /// <summary>Lets extensions be loaded by SQL, <c>load_extension()</c>, on each new session.</summary>
    /// <returns>This builder.</returns>
    /// <remarks>Whoever may execute SQL can then run native code. <see cref="LoadExtension"/> needs it not.</remarks>
    public WalDbDataSourceBuilder EnableExtensions()
    {
        _hasExtensions = true;
        return UseSessionInitializer(inner => inner.EnableExtensions());
    }

    /// <summary>Loads an extension on each new session.</summary>
    /// <param name="file">The shared library.</param>
    /// <param name="proc">Its entry point; null for the one that SQLite finds by the name.</param>
    /// <returns>This builder. That the extension cannot be loaded is thrown by Open.</returns>
    /// <exception cref="ArgumentNullException">The file is null.</exception>
    public WalDbDataSourceBuilder LoadExtension(string file, string? proc = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        _hasExtensions = true;
        return UseSessionInitializer(inner => inner.LoadExtension(file, proc));
    }

    /// <summary>Defines a function for SQL on each new session; the session is pooled all the same.</summary>
    /// <param name="name">Its name in SQL. Of several alike with as many arguments the last counts.</param>
    /// <param name="function">
    /// The function. Called on any session, so perhaps by several threads at once. What it throws becomes the error of the
    /// statement; it must not execute SQL on the connection that calls it.
    /// </param>
    /// <param name="isDeterministic">Whether the same arguments give the same result, so that it may stand in an index.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException">The name or the function is null.</exception>
    /// <seealso href="https://www.sqlite.org/appfunc.html"/>
    public WalDbDataSourceBuilder CreateFunction<TResult>(string name, Func<TResult> function, bool isDeterministic = false)
        => Define(name, function, inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}, bool)"/>
    public WalDbDataSourceBuilder CreateFunction<T1, TResult>(string name, Func<T1, TResult> function, bool isDeterministic = false)
        => Define(name, function, inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}, bool)"/>
    public WalDbDataSourceBuilder CreateFunction<T1, T2, TResult>(string name, Func<T1, T2, TResult> function, bool isDeterministic = false)
        => Define(name, function, inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}, bool)"/>
    public WalDbDataSourceBuilder CreateFunction<T1, T2, T3, TResult>(string name, Func<T1, T2, T3, TResult> function, bool isDeterministic = false)
        => Define(name, function, inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}, bool)"/>
    public WalDbDataSourceBuilder CreateFunction<T1, T2, T3, T4, TResult>(string name, Func<T1, T2, T3, T4, TResult> function, bool isDeterministic = false)
        => Define(name, function, inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}, bool)"/>
    public WalDbDataSourceBuilder CreateFunction<T1, T2, T3, T4, T5, TResult>(string name, Func<T1, T2, T3, T4, T5, TResult> function, bool isDeterministic = false)
        => Define(name, function, inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}, bool)"/>
    public WalDbDataSourceBuilder CreateFunction<T1, T2, T3, T4, T5, T6, TResult>(string name, Func<T1, T2, T3, T4, T5, T6, TResult> function, bool isDeterministic = false)
        => Define(name, function, inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}, bool)"/>
    public WalDbDataSourceBuilder CreateFunction<T1, T2, T3, T4, T5, T6, T7, TResult>(string name, Func<T1, T2, T3, T4, T5, T6, T7, TResult> function, bool isDeterministic = false)
        => Define(name, function, inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}, bool)"/>
    public WalDbDataSourceBuilder CreateFunction<T1, T2, T3, T4, T5, T6, T7, T8, TResult>(string name, Func<T1, T2, T3, T4, T5, T6, T7, T8, TResult> function, bool isDeterministic = false)
        => Define(name, function, inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}, bool)"/>
    public WalDbDataSourceBuilder CreateFunction<T1, T2, T3, T4, T5, T6, T7, T8, T9, TResult>(string name, Func<T1, T2, T3, T4, T5, T6, T7, T8, T9, TResult> function, bool isDeterministic = false)
        => Define(name, function, inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}, bool)"/>
    public WalDbDataSourceBuilder CreateFunction<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, TResult>(string name, Func<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, TResult> function, bool isDeterministic = false)
        => Define(name, function, inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}, bool)"/>
    public WalDbDataSourceBuilder CreateFunction<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, TResult>(string name, Func<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, TResult> function, bool isDeterministic = false)
        => Define(name, function, inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}, bool)"/>
    public WalDbDataSourceBuilder CreateFunction<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, TResult>(string name, Func<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, TResult> function, bool isDeterministic = false)
        => Define(name, function, inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}, bool)"/>
    public WalDbDataSourceBuilder CreateFunction<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, TResult>(string name, Func<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, TResult> function, bool isDeterministic = false)
        => Define(name, function, inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}, bool)"/>
    public WalDbDataSourceBuilder CreateFunction<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, TResult>(string name, Func<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, TResult> function, bool isDeterministic = false)
        => Define(name, function, inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}, bool)"/>
    public WalDbDataSourceBuilder CreateFunction<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, TResult>(string name, Func<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, TResult> function, bool isDeterministic = false)
        => Define(name, function, inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}, bool)"/>
    public WalDbDataSourceBuilder CreateFunction<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, TResult>(string name, Func<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, TResult> function, bool isDeterministic = false)
        => Define(name, function, inner => inner.CreateFunction(name, function, isDeterministic));

    /// <inheritdoc cref="CreateFunction{TResult}(string, Func{TResult}, bool)"/>
    public WalDbDataSourceBuilder CreateFunction<TResult>(string name, Func<object?[], TResult> function, bool isDeterministic = false)
        => Define(name, function, inner => inner.CreateFunction(name, function, isDeterministic));

    private WalDbDataSourceBuilder Define(string name, Delegate function, Action<Microsoft.Data.Sqlite.SqliteConnection> define)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(function);
        return UseSessionInitializer(define);
    }
}
