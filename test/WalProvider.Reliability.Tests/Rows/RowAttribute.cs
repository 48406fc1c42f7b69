namespace WalProvider.Tests;

/// <summary>
/// Makes a fixture a row of docs/reliability.md: the soak runs it by itself, and puts what it reports into the table.
/// </summary>
/// <param name="number">Its place in the table.</param>
/// <param name="title">What is done to the database.</param>
/// <param name="target">What must hold.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RowAttribute(int number, string title, string target) : Attribute
{
    public int Number { get; } = number;

    public string Title { get; } = title;

    public string Target { get; } = target;
}
