using System.Reflection;
using Abm.Privacy.Consent;

namespace Abm.Privacy.Benchmarks;

/// <summary>Rows with every fact filled by chance, the same in every run: a quarter of what may be null is null, and half of the instants stand near the moment.</summary>
internal sealed class RandomFacts(DateTimeOffset now)
{
    private static readonly PropertyInfo[] Facts =
        [.. typeof(ConsentFacts).GetProperties().Where(property => property.CanWrite && property.Name is not (nameof(ConsentFacts.Key) or nameof(ConsentFacts.Jurisdiction) or nameof(ConsentFacts.FactErrors)))];

    private ulong _state = 0x9E3779B97F4A7C15;

    public ConsentFacts[] Take(int count, params string[] jurisdictions) =>
        [.. Enumerable.Range(0, count).Select(i => Next($"r{i}", jurisdictions[(int)(Random() % (ulong)jurisdictions.Length)]))];

    /// <summary>What most rows of a list look like: a consent with everything that it needs, and little else.</summary>
    public ConsentFacts Typical(string jurisdiction) => new()
    {
        Key = "typical", Jurisdiction = jurisdiction,
        ConsentStatus = Fresh(ConsentStatuses.Granted)!, ConsentDemonstrable = true, ConsentSpecific = true, ConsentMethod = Fresh(ConsentMethods.Form),
        ConsentGrantedAt = now.AddMonths(-9).ToUnixTimeMilliseconds(), SubscriberType = Fresh(SubscriberTypes.Corporate), SourceKind = Fresh(SourceKinds.Subject),
        SubjectAge = 41, ContactZone = Fresh("Europe/Berlin"), BusinessRelated = true,
    };

    public DateTimeOffset Now => now;

    /// <summary>A typical row in which each fact is another one with a chance of 1 in 16, so that most rows differ and about a third is permitted.</summary>
    public ConsentFacts Likely(string jurisdiction)
    {
        var row = Typical(jurisdiction);
        foreach (var fact in Facts)
        {
            if (Random() % 16 == 0)
            {
                fact.SetValue(row, Value(fact));
            }
        }

        return row;
    }

    private ConsentFacts Next(string key, string jurisdiction)
    {
        var row = new ConsentFacts { Key = key, Jurisdiction = jurisdiction };
        foreach (var fact in Facts)
        {
            var nullable = fact.Name != nameof(ConsentFacts.ConsentStatus) && (!fact.PropertyType.IsValueType || Nullable.GetUnderlyingType(fact.PropertyType) is not null);
            fact.SetValue(row, nullable && Random() % 4 == 0 ? null : Value(fact));
        }

        return row;
    }

    private object Value(PropertyInfo fact)
    {
        var type = Nullable.GetUnderlyingType(fact.PropertyType) ?? fact.PropertyType;
        if (type == typeof(bool))
        {
            return Random() % 2 == 0;
        }

        if (type == typeof(int))
        {
            return (int)(Random() % 20);
        }

        if (type == typeof(long))
        {
            var near = now.AddMonths(-(int)(Random() % 3)).ToUnixTimeMilliseconds() + (long)(Random() % 3) - 1;
            return Random() % 2 == 0 ? near : now.AddDays(-(int)(Random() % 900)).ToUnixTimeMilliseconds();
        }

        var values = fact.Name == nameof(ConsentFacts.ContactZone)
            ? ["Europe/Berlin", "America/Denver", "Asia/Tokyo"]
            : FactRegistry.Default.Facts.First(one => one.Property == fact).AllowedValues;
        return Fresh(values[(int)(Random() % (ulong)values.Count)])!;
    }

    /// <summary>A text of its own, as from a database: equal, but not the same object.</summary>
    private static string? Fresh(string text) => new(text.AsSpan());

    private ulong Random()
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        return _state >> 11;
    }
}
