namespace WalProvider;

/// <summary>Takes one row into what was accumulated, or out of it.</summary>
internal delegate TAccumulate FunctionStep<TAccumulate>(TAccumulate accumulate, FunctionArguments arguments);
