using NUnit.Framework;

// Most rows wait for child processes or the disk. Those that measure waits are [NonParallelizable].
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(2)]
