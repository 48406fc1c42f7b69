using System.Data.Common;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using WalProvider;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a <see cref="WalDbDataSource"/> with a service collection, and the connections that come from it.</summary>
/// <seealso href="https://learn.microsoft.com/dotnet/core/extensions/dependency-injection"/>
public static class WalDbServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="WalDbDataSource"/> and <see cref="WalDbConnection"/>, and the same two as <see cref="DbDataSource"/> and
    /// <see cref="DbConnection"/>. What is registered already stays.
    /// </summary>
    /// <param name="services">The collection.</param>
    /// <param name="connectionString">The connection string of the data source.</param>
    /// <param name="configure">Changes the builder before the data source is built, on its first use. Default (null): nothing.</param>
    /// <param name="connectionLifetime">
    /// How long a connection that was asked for lives. Default: Transient, a new one each time. The container disposes it with the
    /// scope that asked for it, which commits its batch; it is handed out closed.
    /// </param>
    /// <param name="dataSourceLifetime">
    /// How long the data source lives. Default: Singleton. Any other builds a session pool each time, which costs what pooling saves.
    /// </param>
    /// <param name="serviceKey">The key under which all four are registered, for a program with several databases. Default (null): none.</param>
    /// <returns>The same collection.</returns>
    /// <remarks>Log events go to the container's <see cref="ILoggerFactory"/>, where it has one and the builder was given no other.</remarks>
    /// <exception cref="ArgumentException">
    /// A keyword is unknown, or a value is not allowed: thrown when the data source is first asked for.
    /// </exception>
    public static IServiceCollection AddWalDbDataSource(
        this IServiceCollection services,
        string connectionString,
        Action<WalDbDataSourceBuilder>? configure = null,
        ServiceLifetime connectionLifetime = ServiceLifetime.Transient,
        ServiceLifetime dataSourceLifetime = ServiceLifetime.Singleton,
        object? serviceKey = null)
        => services.AddWalDbDataSource(
            connectionString, (_, builder) => configure?.Invoke(builder), connectionLifetime, dataSourceLifetime, serviceKey);

    /// <inheritdoc cref="AddWalDbDataSource(IServiceCollection, string, Action{WalDbDataSourceBuilder}?, ServiceLifetime, ServiceLifetime, object?)"/>
    /// <param name="services">The collection.</param>
    /// <param name="connectionString">The connection string of the data source.</param>
    /// <param name="configure">The same, with the container to take services from.</param>
    /// <param name="connectionLifetime">As in the other form.</param>
    /// <param name="dataSourceLifetime">As in the other form.</param>
    /// <param name="serviceKey">As in the other form.</param>
    public static IServiceCollection AddWalDbDataSource(
        this IServiceCollection services,
        string connectionString,
        Action<IServiceProvider, WalDbDataSourceBuilder> configure,
        ServiceLifetime connectionLifetime = ServiceLifetime.Transient,
        ServiceLifetime dataSourceLifetime = ServiceLifetime.Singleton,
        object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(connectionString);
        ArgumentNullException.ThrowIfNull(configure);

        Add<WalDbDataSource>(dataSourceLifetime, provider => Build(provider, connectionString, configure));
        Add<WalDbConnection>(connectionLifetime, provider => Get<WalDbDataSource>(provider, serviceKey).CreateConnection());
        // NB: what the container makes, it disposes: under a second name it may only be found, and a transient one is found anew.
        Add<DbDataSource>(dataSourceLifetime, provider => Get<WalDbDataSource>(provider, serviceKey));
        Add<DbConnection>(connectionLifetime, provider => Get<WalDbConnection>(provider, serviceKey));
        return services;

        void Add<T>(ServiceLifetime lifetime, Func<IServiceProvider, T> create)
            where T : class
            => services.TryAdd(new ServiceDescriptor(typeof(T), serviceKey, (provider, _) => create(provider), lifetime));
    }

    // NB: containers that know no keys can still be used without one.
    private static T Get<T>(IServiceProvider provider, object? serviceKey)
        where T : notnull
        => serviceKey is null ? provider.GetRequiredService<T>() : provider.GetRequiredKeyedService<T>(serviceKey);

    private static WalDbDataSource Build(
        IServiceProvider provider, string connectionString, Action<IServiceProvider, WalDbDataSourceBuilder> configure)
    {
        var builder = new WalDbDataSourceBuilder(connectionString).UseLoggerFactory(provider.GetService<ILoggerFactory>());
        configure(provider, builder);
        return builder.Build();
    }
}
