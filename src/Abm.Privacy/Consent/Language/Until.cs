namespace Abm.Privacy.Consent.Language;

/// <summary>When a deferral ends: at a fact, or at a local time in the person's zone. Exactly one is set.</summary>
internal sealed record Until(FactDefinition? Fact, FactDefinition? Zone, TimeOnly LocalTime)
{
    /// <summary>The moment, if it is known and lies ahead.</summary>
    public DateTimeOffset? MomentAfter(EvaluationContext context)
    {
        DateTimeOffset? moment = null;
        if (Fact is not null)
        {
            var value = context.Read(Fact);
            moment = value.IsAbsent || value.IsUnknown ? null : DateTimeOffset.FromUnixTimeMilliseconds(value.Number);
        }
        else if (context.Read(Zone!).Text is { } id && TimeZones.TryFind(id, out var zone))
        {
            moment = LocalTimes.Next(zone, context.Now, LocalTime);
        }

        return moment > context.Now ? moment : null;
    }
}
