using System.Collections.Frozen;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Identifiers;
using QuickStart.Contacts;

namespace QuickStart.Ledger;

/// <summary>What a row of the list says of a person that the law asks for, as events of the ledger.</summary>
internal static class ContactProfile
{
    private const string Origin = "crm-list";

    /// <summary>The balancing test for legitimate interest is on file; without it no business exception permits anything.</summary>
    public const bool LegitimateInterestAssessed = true;

    /// <summary>The columns that the events are made of: a contact whose row differs in one of them is told to the ledger anew.</summary>
    public static FrozenSet<string> Columns { get; } = FrozenSet.ToFrozenSet(
    [
        ContactColumns.AccountId, ContactColumns.Email, ContactColumns.Country, ContactColumns.Region, ContactColumns.TimeZone, ContactColumns.JobTitle,
        ContactColumns.SubscriberType, ContactColumns.Source, ContactColumns.CollectedAt, ContactColumns.NoticeAt,
    ]);

    public static IEnumerable<LedgerEvent> EventsOf(Contact contact, DateTimeOffset now)
    {
        yield return new ContactAccountEvent { Account = new AccountId(contact.AccountId), OccurredAt = now, Origin = Origin };
        yield return new ProfileEvent
        {
            Jurisdiction = ContactJurisdiction.Of(contact),
            Zone = contact.TimeZone,
            SubscriberType = contact.SubscriberType,
            IsRoleAddress = contact.Email.IsRoleAddress,
            IsBusinessRelated = contact.JobTitle is null ? null : true, // the offer is for people in their jobs
            IsLegitimateInterestAssessed = LegitimateInterestAssessed,
            OccurredAt = now,
            Origin = Origin,
        };
        if (contact.Source is { } source)
        {
            yield return new SourceEvent { Kind = source, CollectedAt = Past(contact.CollectedAt, now), OccurredAt = now, Origin = Origin };
        }

        if (Past(contact.NoticeAt, now) is { } told)
        {
            yield return new SourceNoticeEvent { OccurredAt = told, Origin = Origin };
        }
    }

    /// <summary>An instant that lies ahead is a wrong one, and what is wrong is unknown.</summary>
    private static DateTimeOffset? Past(DateTimeOffset? instant, DateTimeOffset now) => instant > DateTimeOffset.UnixEpoch.AddYears(10) && instant <= now ? instant : null;
}
