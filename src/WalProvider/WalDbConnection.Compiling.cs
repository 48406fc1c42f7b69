namespace WalProvider;

// Texts that are compiled before they are executed.
public sealed partial class WalDbConnection
{
    /// <inheritdoc cref="TextCompiler.Check"/>
    internal void CheckText(string sql)
    {
        using (Session.Enter())
        {
            Session.Texts.Check(sql);
        }
    }
}
