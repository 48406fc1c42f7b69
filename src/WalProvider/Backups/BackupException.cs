using System.Data.Common;

namespace WalProvider;

/// <summary>A backup could not be trusted: it, or the database that it was made of, is not what it should be.</summary>
/// <remarks>Nothing was changed: neither the database that was to be restored, nor the backup that was there before.</remarks>
public sealed class BackupException : DbException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="message">What was found, and what to do.</param>
    /// <param name="innerException">The error below, where there is one.</param>
    public BackupException(BackupFailure failure, string? message, Exception? innerException = null)
        : base(message, innerException)
    {
        Failure = failure;
        HelpLink = "docs/errors.md";
    }

    /// <summary>Why.</summary>
    public BackupFailure Failure { get; }

    /// <summary>Always false: the same backup will be refused again.</summary>
    public override bool IsTransient => false;
}
