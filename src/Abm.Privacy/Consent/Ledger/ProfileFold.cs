namespace Abm.Privacy.Consent.Ledger;

/// <summary>What is known of the person and of where the data came from: of each fact the latest that was said.</summary>
internal static class ProfileFold
{
    public static ConsentFacts Apply(ConsentFacts facts, StandingEvents events, Purpose purpose, ContactPoint point, Dictionary<FactGroup, IReadOnlyList<Guid>> evidence)
    {
        var profile = events.Of<ProfileEvent>().ToList();
        var soft = events.Of<SoftOptInEvent>().LastOrDefault(item => item.Purpose.Covers(purpose));
        var implied = events.Of<ImpliedConsentEvent>().LastOrDefault();
        var source = events.Of<SourceEvent>().LastOrDefault();
        var notice = events.Of<SourceNoticeEvent>().LastOrDefault(item => source?.CollectedAt is not { } collected || item.OccurredAt >= collected);
        FactsProjector.Note(evidence, FactGroup.Profile, profile.ConvertAll(item => item.EventId));
        Note(evidence, FactGroup.SoftOptIn, soft);
        Note(evidence, FactGroup.ImpliedConsent, implied);
        Note(evidence, FactGroup.Source, source, notice);
        return facts with
        {
            Jurisdiction = profile.FindLast(item => item.Jurisdiction is not null)?.Jurisdiction,
            ContactZone = profile.FindLast(item => item.Zone is not null)?.Zone,
            SubscriberType = profile.FindLast(item => item.SubscriberType is not null)?.SubscriberType,
            SubjectAge = profile.FindLast(item => item.Age is not null)?.Age,
            ContactRoleAddress = profile.FindLast(item => item.IsRoleAddress is not null)?.IsRoleAddress ?? (point.SubjectKind == SubjectKind.RoleAddress ? true : null),
            ContactDncListed = profile.FindLast(item => item.IsOnDoNotCallList is not null)?.IsOnDoNotCallList,
            BusinessRelated = profile.FindLast(item => item.IsBusinessRelated is not null)?.IsBusinessRelated,
            LegitimateInterestAssessed = profile.FindLast(item => item.IsLegitimateInterestAssessed is not null)?.IsLegitimateInterestAssessed ?? false,
            Contract = profile.FindLast(item => item.HasContract is not null)?.HasContract ?? false,
            SoftRecorded = soft is not null,
            SoftSaleContext = soft?.IsSaleContext,
            SoftOwnProducts = soft?.IsForOwnProducts,
            SoftSimilar = soft?.IsForSimilarProducts,
            SoftOptOutOffered = soft?.WasOptOutOffered,
            ImpliedKind = implied?.Kind,
            ImpliedAt = FactsProjector.Ms(implied?.OccurredAt),
            ImpliedRelevantToRole = implied?.IsRelevantToRole,
            ImpliedNoSolicitation = implied?.HasNoSolicitationStatement,
            SourceKind = source?.Kind,
            SourceCollectedAt = FactsProjector.Ms(source?.CollectedAt),
            SourceNoticeAt = FactsProjector.Ms(notice?.OccurredAt),
        };
    }

    private static void Note(Dictionary<FactGroup, IReadOnlyList<Guid>> evidence, FactGroup group, params ReadOnlySpan<LedgerEvent?> items)
    {
        var ids = new List<Guid>(items.Length);
        foreach (var item in items)
        {
            if (item is not null)
            {
                ids.Add(item.EventId);
            }
        }

        FactsProjector.Note(evidence, group, ids);
    }
}
