using System.Collections.Concurrent;

namespace WalProvider;

/// <summary>
/// The data sources of a program with many databases, one for each file, such as one file for each tenant. Thread-safe.
/// </summary>
/// <remarks>
/// <para>Ask it each time that a file is needed: it makes the data source when it is asked for the first time and gives the same
/// one from then on. <c>Max Open Sessions</c> in the template bounds how many files are open at once; a data source whose sessions
/// were closed for others costs a few kilobytes of memory and no file handle.</para>
/// <para>A data source that was disposed by somebody else is replaced when it is asked for again.</para>
/// </remarks>
/// <seealso cref="WalDbDataSourceBuilder"/>
/// <seealso href="https://learn.microsoft.com/dotnet/api/system.data.common.dbdatasource"/>
public sealed class WalDbDataSources : IDisposable, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<(bool IsPath, string Text), WalDbDataSource> _byName = [];
    private readonly Dictionary<WalDbDataSource, List<(bool IsPath, string Text)>> _names = [];
    private readonly string _template;
    private readonly Action<WalDbDataSourceBuilder>? _configure;
    private volatile bool _isDisposed;

    /// <summary>Creates an empty registry.</summary>
    /// <param name="template">
    /// The connection string that every data source starts from, mostly without a Data Source; null for the defaults.
    /// </param>
    /// <param name="configure">
    /// Sets up each new data source before it is built: log, checkpointing, functions. Called by one thread at a time, within
    /// <see cref="GetOrAdd"/>; what it throws is thrown there. Null (default) for nothing.
    /// </param>
    /// <exception cref="ArgumentException">A keyword of the template is unknown, or a value is not allowed.</exception>
    public WalDbDataSources(string? template = null, Action<WalDbDataSourceBuilder>? configure = null)
    {
        _template = new WalDbConnectionStringBuilder(template).ConnectionString;
        _configure = configure;
    }

    /// <summary>How many data sources there are.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _names.Count;
            }
        }
    }

    /// <summary>How many sessions all of them have together, and what they do. Takes a time that grows with <see cref="Count"/>.</summary>
    public WalPoolStatistics Statistics => All().Select(source => source.Statistics).Aggregate(default(WalPoolStatistics), Sum);

    /// <summary>The data source of a connection string, made if there is none. Opens nothing.</summary>
    /// <param name="connectionString">Keywords that go over those of the template: at least a Data Source.</param>
    /// <remarks>
    /// Two connection strings that mean the same get the same data source, and so do two names of one file (a link, a relative
    /// path) with the same keywords. A relative path is looked up from the folder that is current at the first call.
    /// </remarks>
    /// <exception cref="ArgumentException">A keyword is unknown, a value is not allowed, or two contradict each other.</exception>
    /// <exception cref="ObjectDisposedException">The registry is disposed.</exception>
    public WalDbDataSource GetOrAdd(string connectionString)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        return Find((false, connectionString)) ?? Add((false, connectionString), new WalDbConnectionStringBuilder(connectionString));
    }

    /// <summary>The data source of a file, made if there is none, with the keywords of the template. Opens nothing.</summary>
    /// <param name="path">The file's path, taken literally. A relative one is looked up from the current folder.</param>
    /// <remarks>Costs a look into a dictionary when there is one already.</remarks>
    /// <exception cref="ArgumentException">The path is empty, or keywords of the template contradict each other.</exception>
    /// <exception cref="ObjectDisposedException">The registry is disposed.</exception>
    public WalDbDataSource GetOrAddPath(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = Path.GetFullPath(path);
        return Find((true, full)) ?? Add((true, full), WalDbConnectionStringBuilder.ForPath(full));
    }

    /// <summary>Takes a data source out and disposes it: its idle sessions are closed now, those in use when they are given back.</summary>
    /// <param name="dataSource">The data source.</param>
    /// <returns>Whether it was in the registry; one that was not is left alone.</returns>
    public bool Remove(WalDbDataSource dataSource)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        lock (_lock)
        {
            if (!TryForget_NeedsLock(dataSource))
            {
                return false;
            }
        }

        // NB: without the lock: closing takes the disk's time.
        dataSource.Dispose();
        return true;
    }

    /// <summary>Closes the idle sessions of all, so that files can be moved or deleted. Those in use are closed when they are given back.</summary>
    public void Clear() => Array.ForEach(All(), source => source.Clear());

    /// <summary>Disposes all of them.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        Array.ForEach(All(), source => Remove(source));
    }

    /// <inheritdoc cref="Dispose()"/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    private static WalPoolStatistics Sum(WalPoolStatistics one, WalPoolStatistics other) => new(
        one.Open + other.Open,
        one.InUse + other.InUse,
        one.Idle + other.Idle,
        one.Waiting + other.Waiting,
        one.Created + other.Created,
        one.Dropped + other.Dropped);

    // One file has one entry, whatever it is called.
    private static string KeyOf(WalDbConnectionStringBuilder merged, string? path) => path is null
        ? merged.ConnectionString
        : new WalDbConnectionStringBuilder(merged.ConnectionString) { DataSource = RealPath.Resolve(path) }.ConnectionString;

    private static string? PathOf(WalDbConnectionStringBuilder merged)
        => DataSourceName.IsPlainPath(merged.DataSource) ? WalSettings.Parse(merged.ConnectionString).ResolveFilePath() : null;

    private WalDbDataSource? Find((bool IsPath, string Text) name)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _byName.TryGetValue(name, out var source) && !source.IsDisposed ? source : null;
    }

    private WalDbDataSource Add((bool IsPath, string Text) name, WalDbConnectionStringBuilder own)
    {
        var merged = new WalDbConnectionStringBuilder(_template);
        foreach (string keyword in own.Keys)
        {
            if (own.ShouldSerialize(keyword))
            {
                merged[keyword] = own[keyword];
            }
        }

        var path = PathOf(merged);
        var key = (false, KeyOf(merged, path));
        merged.DataSource = path ?? merged.DataSource;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var source = _byName.GetValueOrDefault(key);
            if (source is null or { IsDisposed: true })
            {
                var forgotten = source;
                source = Build(merged.ConnectionString);
                _ = forgotten is not null && TryForget_NeedsLock(forgotten);
                _names[source] = [];
                Name_NeedsLock(key, source);
            }

            Name_NeedsLock(name, source);
            return source;
        }
    }

    private WalDbDataSource Build(string connectionString)
    {
        var builder = new WalDbDataSourceBuilder(connectionString);
        _configure?.Invoke(builder);
        return builder.Build();
    }

    private void Name_NeedsLock((bool IsPath, string Text) name, WalDbDataSource source)
    {
        if (_byName.TryAdd(name, source))
        {
            _names[source].Add(name);
        }
    }

    private bool TryForget_NeedsLock(WalDbDataSource source)
    {
        if (!_names.Remove(source, out var names))
        {
            return false;
        }

        names.ForEach(name => _byName.TryRemove(name, out _));
        return true;
    }

    private WalDbDataSource[] All()
    {
        lock (_lock)
        {
            return [.. _names.Keys];
        }
    }
}
