using Microsoft.Extensions.Logging;

namespace WalProvider.Worker;

/// <summary>Keeps the warnings that are logged.</summary>
internal sealed class WarningList : ILoggerFactory, ILogger
{
    public List<string> Texts { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            Texts.Add(formatter(state, exception));
    }

    public void Dispose()
    {
    }
}
