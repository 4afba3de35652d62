namespace Abm.Privacy.Consent.Ledger;

/// <summary>What the person demanded beside consent: objection, restriction, the rights of California.</summary>
internal static class PersonFold
{
    public static ConsentFacts Apply(ConsentFacts facts, StandingEvents events, Purpose purpose, Dictionary<FactGroup, IReadOnlyList<Guid>> evidence)
    {
        var objection = Objection(events, purpose);
        var restriction = events.LatestOn<RestrictionEvent>(item => item.IsRestricted);
        var optOut = events.LatestOn<SaleOrShareEvent>(item => item.IsOptedOut);
        var limit = events.LatestOn<SensitiveUseEvent>(item => item.IsLimited);
        Note(evidence, FactGroup.Objection, objection);
        Note(evidence, FactGroup.Restriction, restriction);
        Note(evidence, FactGroup.SaleOrShare, optOut);
        Note(evidence, FactGroup.SensitiveUse, limit);
        return facts with
        {
            ObjectionAt = FactsProjector.Ms(objection?.OccurredAt),
            Restricted = restriction is not null,
            SaleShareOptedOut = optOut is not null,
            SaleShareOptedOutAt = FactsProjector.Ms(optOut?.OccurredAt),
            SignalGpc = optOut is not null && HasSignal(events),
            SensitiveLimited = limit is not null,
        };
    }

    /// <summary>The latest objection that no later taking back of the same or a broader scope covers.</summary>
    private static ObjectionEvent? Objection(StandingEvents events, Purpose purpose)
    {
        var all = events.Of<ObjectionEvent>().Where(item => item.Purpose.Covers(purpose)).ToList();
        return all.FindLast(item => !item.IsWithdrawn
            && !all.Exists(back => back.IsWithdrawn && back.CountsFrom > item.OccurredAt && back.Purpose.Depth <= item.Purpose.Depth));
    }

    /// <summary>Whether a signal came since the person last opted in.</summary>
    private static bool HasSignal(StandingEvents events)
    {
        var lastIn = events.Of<SaleOrShareEvent>().LastOrDefault(item => !item.IsOptedOut)?.CountsFrom;
        return events.Of<SaleOrShareEvent>().Any(item => item.IsGlobalPrivacyControl && (lastIn is null || item.OccurredAt >= lastIn));
    }

    private static void Note(Dictionary<FactGroup, IReadOnlyList<Guid>> evidence, FactGroup group, LedgerEvent? item) =>
        FactsProjector.Note(evidence, group, item is null ? [] : [item.EventId]);
}
