using System.Text;

namespace WalProvider;

/// <summary>The list of what a rotation has written, an item of the target itself: one name a line.</summary>
/// <param name="target">Where it is.</param>
/// <param name="name">The item's name.</param>
internal sealed class BackupList(IBackupTarget target, string name)
{
    /// <summary>The names; empty where there is no list yet.</summary>
    internal async Task<HashSet<string>> ReadAsync(CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var items = await target.ListAsync(name, cancellationToken).ConfigureAwait(false);
        if (!items.Any(item => item.Name == name))
        {
            return names;
        }

        var stream = await target.OpenReadAsync(name, cancellationToken).ConfigureAwait(false);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (line.Length > 0)
            {
                names.Add(line);
            }
        }

        return names;
    }

    /// <summary>Replaces the list.</summary>
    internal Task WriteAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var content = Encoding.UTF8.GetBytes(string.Concat(names.Select(line => line + "\n")));
        return target.WriteAsync(name, (stream, token) => stream.WriteAsync(content, token).AsTask(), cancellationToken);
    }
}
