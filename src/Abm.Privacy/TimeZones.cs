using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Abm.Privacy;

/// <summary>
/// The one rule for names of time zones: IANA names, written exactly. What only some systems know (names of Windows, the
/// folders and links of a zone database, another case) is refused, so that a row means the same everywhere.
/// </summary>
internal static class TimeZones
{
    /// <summary>More than there are zones, and a bound for what hostile rows can fill.</summary>
    public const int MaxCached = 1024;

    private const int MaxLength = 64;

    private static readonly ConcurrentDictionary<string, TimeZoneInfo?> Cache = new(StringComparer.Ordinal);

    public static int CachedCount => Cache.Count;

    public static bool TryFind([NotNullWhen(true)] string? id, [NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        zone = null;
        if (string.IsNullOrEmpty(id) || id.Length > MaxLength)
        {
            return false;
        }

        if (!Cache.TryGetValue(id, out zone))
        {
            zone = Find(id);
            if (Cache.Count >= MaxCached)
            {
                Cache.Clear();
            }

            Cache[id] = zone;
        }

        return zone is not null;
    }

    /// <summary>Whether two names of zones may be names of one: their clocks have always shown the same.</summary>
    public static bool MayBeSame(string? id, string? other) =>
        TryFind(id, out var zone) && TryFind(other, out var otherZone) && zone.HasSameRules(otherZone);

    private static TimeZoneInfo? Find(string id)
    {
        // names that mean "as this machine is set", files that are no zones, and copies with other leap seconds
        var isName = char.IsAsciiLetterUpper(id[0]) && id != "Factory" && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+');

        // the system finds a zone that it has loaded in any case, but knows it by its own name
        return isName && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId && zone.Id == id ? zone : null;
    }
}
