// A second process for tests of what happens between processes and in crashes. Called as: WorkerVerb DATABASE [ARGUMENT].
//
// A verb that holds something prints one line, "ready" and what the test may want to know, then waits for a line on its
// standard input. The end of the input counts as the line "close", so no worker outlives its test. Exit code 0; 1 when the
// database refused, with the reason on standard error; 2 for a wrong call.
//
//   count DB TABLE            prints the number of rows, through the wrapped provider
//   count-immutable DB TABLE  the same from the main file alone (immutable=1): what is only in the WAL is not seen
//   read-only DB TABLE        prints the number of rows, through WalProvider with Mode=ReadOnly
//   hold-write-lock DB        BEGIN IMMEDIATE; prints "ready"; any line rolls it back and ends
//   hold-read DB TABLE        begins a read transaction and reads; prints "ready COUNT"; any line ends it
//   hold-connection DB        opens the database; prints "ready"; any line closes it
//   write DB N                N inserts into the table written(n), each its own transaction, through WalProvider
//   write-batch DB N          N inserts into written(n) that stay pending in a write batch; prints "ready PENDING"; then
//                             "close" closes the connection, "exit" ends the process by Environment.Exit(7), "return" by
//                             returning from Main, "throw" by an exception that nobody catches, all without closing it; "late"
//                             returns too, and inserts once more while the process ends; "unit" begins a unit with two more
//                             inserts, prints "ready PENDING" again and waits
//   write-units DB SIZE       prints "ready", then writes units of three rows each, in batches of SIZE, until any line
//   second-engine DB          uses the system's libsqlite3.so.0; three inserts into written(n); prints its version, and whether
//                             it has the file system layers "unix" and "walprovider"
//   backup DB DEST            backs up to DEST again and again, writing between two backups, until it is killed; prints
//                             "ready" when the first is done
//   restore DB BACKUPS        prints "ready", then restores BACKUPS.0 and BACKUPS.1 in turns until it is killed
//   watch-restore DB          prints "ready"; reads item(generation, content) whole again and again until any line; prints how
//                             often, and each different "MIN MAX ROWS LENGTH" that it saw, with | between
//   second-engine-stream DB   uses the system's libsqlite3.so.0; backs up to a stream and to DB.copy; prints its version,
//                             whether both are the same, and whether it has the layer "walprovider-sink"
//   backup-as-nobody DB DEST  opens DB, gives root up for the user nobody, and backs up to DEST; prints "written", or the
//                             error; "impossible" where the process could not become nobody
//   ledger DB PLAN            writes units of rows as Ledgers/LedgerPlan.cs says, prints "ready" first, and notes in DB.ack what
//                             is safe
//   restore-ledger DB         restores DB from the backups DB.1 and DB.0 in turns until it is killed, beside another connection of
//                             its own that writes; after the first two prints how many microseconds the last took
//   faults FOLDER PLAN        behind the shim of test/WalProvider.Reliability.Tests: makes calls fail as Faults/FaultRun.cs says
//   damage FOLDER PLAN        opens damaged databases, as Damage/DamageRun.cs says
//   open-on-file-system DB SO as FileSystems/OpenOnFileSystem.cs says
//   open-as-nobody DB         opens DB, gives root up for the user nobody, and prints "ready", or "impossible"; then each line is a
//                             connection string, which it opens twice, and prints Inputs/OpenOutcome.cs of each
//   features DB WORD          uses each feature that has to do with files; where the word is "canary", reads the open file as well
//   wal-reset DB PLAN         behind another shim of it: checkpoints beside writers, as Checkpoints/WalResetRun.cs says
//   contend DB "PROVIDER N"   one of several writers, through "ours" or "wrapped": Processes/ContendVerb.cs
//   watch DB "WAY N"          reads beside a writer until Processes/Board.cs says that it is over: Processes/WatchVerb.cs
//
// To crash a worker, kill it while it waits. written(n) is created where it is missing.
using Microsoft.Data.Sqlite;
using WalProvider.Worker;

if (args is not [var verb, var database, .. var rest] || !Verbs.All.TryGetValue(verb, out var run))
{
    Console.Error.WriteLine($"usage: VERB DATABASE [ARGUMENT], where VERB is one of {string.Join(", ", Verbs.All.Keys)}");
    return 2;
}

try
{
    run(database, rest.FirstOrDefault("written"));
    return 0;
}
catch (SqliteException error)
{
    Console.Error.WriteLine($"{error.SqliteErrorCode}/{error.SqliteExtendedErrorCode} {error.Message}");
    return 1;
}
