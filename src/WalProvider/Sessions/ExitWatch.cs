using System.Runtime.InteropServices;

namespace WalProvider;

/// <summary>Calls back before the process ends, however it is told to: only what kills it outright goes past.</summary>
/// <remarks>
/// NB: .NET raises no ProcessExit for the signals. They are not cancelled, so that the process still ends by them and
/// with their exit code.
/// </remarks>
internal sealed class ExitWatch
{
    private static readonly PosixSignal[] Signals = [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP];

    // Kept, since a registration ends when it is collected.
    private readonly PosixSignalRegistration[] _registrations;

    internal ExitWatch(Action onExit)
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => onExit();
        AppDomain.CurrentDomain.UnhandledException += (_, failure) =>
        {
            if (failure.IsTerminating)
            {
                onExit();
            }
        };
        _registrations = [.. Signals.Select(signal => PosixSignalRegistration.Create(signal, _ => onExit()))];
    }

    /// <summary>How many signals are watched.</summary>
    internal int SignalCount => _registrations.Length;
}
