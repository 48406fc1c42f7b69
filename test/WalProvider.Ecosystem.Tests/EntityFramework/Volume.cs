namespace WalProvider.Ecosystem.Tests;

public sealed class Volume
{
    public Guid Id { get; set; }

    public int WriterId { get; set; }

    public string Title { get; set; } = "";

    public decimal Price { get; set; }

    public DateTime Printed { get; set; }

    public DateTimeOffset? Sold { get; set; }

    public TimeSpan Reading { get; set; }

    public byte[]? Cover { get; set; }

    public int Version { get; set; }
}
