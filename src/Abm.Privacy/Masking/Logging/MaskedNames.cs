using System.Globalization;

namespace Abm.Privacy.Masking.Logging;

/// <summary>Tells keys apart that are masked alike: two entries are two entries still.</summary>
internal sealed class MaskedNames
{
    private readonly Dictionary<string, int> _next = new(StringComparer.Ordinal);

    /// <summary>The name, with a number behind it if it is taken.</summary>
    public string Take(string name)
    {
        var free = name;
        while (!_next.TryAdd(free, 2))
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{name} ({_next[name]++})");
        }

        return free;
    }
}
