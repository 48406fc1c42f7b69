namespace WalProvider.Ecosystem.Tests;

public sealed class Writer
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public List<Volume> Volumes { get; } = [];
}
