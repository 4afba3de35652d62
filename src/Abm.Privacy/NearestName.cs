namespace Abm.Privacy;

/// <summary>Finds what a misspelled name was meant to be.</summary>
internal static class NearestName
{
    // a list that long is not read, and comparing with all of it costs too much
    private const int MaxCandidates = 200;

    /// <summary>
    /// The known name that another one most likely misspells; null if it is known itself, lies below a known one or is close
    /// to none. A short last part allows fewer differences, because short words are often close to each other by chance.
    /// </summary>
    public static string? Misspelled(string name, IReadOnlyCollection<string> known) => known.Contains(name)
        ? null
        : known
            .Where(candidate => !DottedName.Covers(candidate, name))
            .Select(candidate => (candidate, Distance: Distance(name, candidate)))
            .Where(pair => pair.Distance <= AllowedDifferences(name, pair.candidate))
            .OrderBy(pair => pair.Distance)
            .Select(pair => pair.candidate)
            .FirstOrDefault();

    /// <summary>A sentence that names the nearest candidate, or all of them when there are few.</summary>
    public static string Suggest(string name, IReadOnlyCollection<string> candidates)
    {
        if (candidates.Count is 0 or > MaxCandidates)
        {
            return "Look up the name in the list of known names.";
        }

        var nearest = candidates.Select(candidate => (candidate, Distance: Distance(name, candidate))).MinBy(pair => pair.Distance);
        if (nearest.Distance <= Math.Max(2, nearest.candidate.Length / 3))
        {
            return $"Did you mean '{nearest.candidate}'?";
        }

        return candidates.Count <= 12 ? $"Use one of: {string.Join(", ", candidates)}." : "Look up the name in the list of known names.";
    }

    private static int AllowedDifferences(string name, string candidate)
    {
        var shorter = Math.Min(name.Length - name.LastIndexOf('.'), candidate.Length - candidate.LastIndexOf('.')) - 1;
        return Math.Min(2, (shorter - 1) / 2);
    }

    /// <summary>Levenshtein's distance without regard to case; names are short, so the quadratic form is enough.</summary>
    private static int Distance(string a, string b)
    {
        // a very long name is a mistake of another kind, and must not cost time
        if (a.Length > 128)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                var next = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + cost);
                diagonal = row[j];
                row[j] = next;
            }
        }

        return row[b.Length];
    }
}
