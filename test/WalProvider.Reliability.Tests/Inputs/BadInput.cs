namespace WalProvider.Tests;

/// <summary>Something that cannot be opened.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="Code">The engine's code; 0 for a mistake in the connection string alone.</param>
/// <param name="Says">What the message must say, of what is wrong or what to do.</param>
/// <param name="Arrange">Makes it, and gives the connection string, or the part of it that is wrong.</param>
internal sealed record BadInput(string Name, int Code, string Says, Func<InputSite, string> Arrange)
{
    /// <summary>A path that is refused.</summary>
    public static BadInput Path(string name, int code, string says, Func<InputSite, string> arrange, string keywords = "")
        => new(name, code, says, site => new WalDbConnectionStringBuilder(keywords) { DataSource = arrange(site) }.ConnectionString);

    /// <summary>A keyword that is refused before anything is opened.</summary>
    public static BadInput Keyword(string text, string says) => new(text, 0, says, site => $"Data Source={site.At("a.db")};{text}");

    public override string ToString() => Name;
}
