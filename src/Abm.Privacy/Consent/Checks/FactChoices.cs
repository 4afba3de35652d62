using Abm.Privacy.Consent.Language;

namespace Abm.Privacy.Consent.Checks;

/// <summary>
/// Values of one fact that stand for all of them: whatever value a row has, one of these answers the atoms alike. Cut-offs cut the
/// numbers and instants into pieces; of each piece and each cut as many values are taken as facts are compared with one another.
/// </summary>
internal static class FactChoices
{
    // a text that no list and no zone database knows, and a number that no instant of a row can be
    private const string UnknownText = "?";
    private const long UnknownInstant = 1;

    /// <summary>The values; null when they cannot be told.</summary>
    /// <param name="fact">The fact.</param>
    /// <param name="atoms">The atoms about this fact and those that it is compared with.</param>
    /// <param name="facts">How many facts these are.</param>
    /// <param name="now">The moment of the search.</param>
    /// <param name="settings">How the search is run.</param>
    public static IReadOnlyList<FactChoice>? Of(FactDefinition fact, IReadOnlyList<Atom> atoms, int facts, DateTimeOffset now, SearchSettings settings)
    {
        IEnumerable<FactChoice>? known = fact.Type switch
        {
            FactType.Boolean => [new(fact, 0, null), new(fact, 1, null)],
            FactType.Code => fact.AllowedValues.Select(value => new FactChoice(fact, null, value)),
            FactType.TimeZone => Zones(fact, atoms, settings),
            FactType.Number => Numbers(fact, atoms, facts, settings).Select(number => new FactChoice(fact, number, null)),
            FactType.Instant => Instants(atoms, facts, now)?.Select(number => new FactChoice(fact, number, null)),
            _ => null,
        };
        return known is null ? null : [.. known, .. Missing(fact)];
    }

    private static IEnumerable<FactChoice> Missing(FactDefinition fact)
    {
        if (fact.NullMeaning is NullMeaning.KnownAbsent or NullMeaning.Unknown)
        {
            yield return new FactChoice(fact, null, null);
        }

        // what a row can hold and nobody can read
        if (fact.Type is FactType.Code or FactType.TimeZone && fact.NullMeaning != NullMeaning.Unknown)
        {
            yield return new FactChoice(fact, null, UnknownText);
        }

        if (fact.Type == FactType.Instant && fact.NullMeaning != NullMeaning.Unknown)
        {
            yield return new FactChoice(fact, UnknownInstant, null);
        }
    }

    private static IEnumerable<long> Numbers(FactDefinition fact, IReadOnlyList<Atom> atoms, int facts, SearchSettings settings)
    {
        var least = settings.CountsAreNatural && fact.Name != "facts.errors" ? 0 : int.MinValue;
        var cuts = atoms.SelectMany(atom => atom switch
        {
            CompareAtom { Operand: LiteralOperand literal } => [literal.Value.Number],
            MembershipAtom membership => membership.Values.Select(value => value.Number),
            _ => [],
        });
        return Around(cuts.Append(0), facts, least, int.MaxValue);
    }

    private static IEnumerable<long>? Instants(IReadOnlyList<Atom> atoms, int facts, DateTimeOffset now)
    {
        var cuts = new List<long> { now.ToUnixTimeMilliseconds() };
        foreach (var atom in atoms.OfType<CompareAtom>())
        {
            if (atom.Operand is LiteralOperand literal)
            {
                cuts.Add(literal.Value.Number);
            }
            else if (atom.Operand is NowOperand { Before: { } period })
            {
                if (period.MostDays >= now.UtcDateTime.Ticks / TimeSpan.TicksPerDay)
                {
                    return null; // before the year 1: the rule fails there
                }

                cuts.Add(period.SubtractFrom(now).ToUnixTimeMilliseconds());
            }
        }

        return Around([.. cuts, FactDefinition.EarliestInstant, FactDefinition.LatestInstant], facts, FactDefinition.EarliestInstant, FactDefinition.LatestInstant);
    }

    private static IEnumerable<long> Around(IEnumerable<long> cuts, int count, long least, long most) => cuts
        .SelectMany(cut => Enumerable.Range(-count, (2 * count) + 1).Select(step => cut + step))
        .Where(value => value >= least && value <= most)
        .Distinct();

    /// <summary>With windows alone one zone stands for all, since the search looks at every part of its day. With names the listed zones serve to find an example, and never to prove that there is none.</summary>
    private static IEnumerable<FactChoice>? Zones(FactDefinition fact, IReadOnlyList<Atom> atoms, SearchSettings settings)
    {
        if (!settings.IsFixed && atoms.All(atom => atom is LocalTimeAtom or ExistsAtom))
        {
            return TimeZones.TryFind("Etc/UTC", out _) ? [new FactChoice(fact, null, "Etc/UTC")] : null;
        }

        return settings.MayReadEveryZone
            ? TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Where(id => TimeZones.TryFind(id, out _)).Select(id => new FactChoice(fact, null, id))
            : null;
    }
}
