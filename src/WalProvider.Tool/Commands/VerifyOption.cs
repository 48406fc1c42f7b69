using System.CommandLine;

namespace WalProvider.Tool;

/// <summary>The option that says how a database is looked through.</summary>
internal static class VerifyOption
{
    public static Option<BackupVerification> Create() => new("--verify")
    {
        Description = "None, Quick (PRAGMA quick_check) or Full (PRAGMA integrity_check).",
        DefaultValueFactory = _ => BackupVerification.Quick,
    };

    public static string Describe(BackupVerification verification) => verification switch
    {
        BackupVerification.Quick => "quick_check ok",
        BackupVerification.Full => "integrity_check ok",
        _ => "content not checked",
    };
}
