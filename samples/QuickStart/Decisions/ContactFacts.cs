using Abm.Privacy.Consent;
using QuickStart.Contacts;
using QuickStart.Events;

namespace QuickStart.Decisions;

/// <summary>What is known about a contact for the campaign's question: the row of the list, and what the events say.</summary>
internal static class ContactFacts
{
    private static readonly ConsentFold Fold = new(CampaignQuestion.Purpose, CampaignQuestion.ChannelName);

    public static ConsentFacts Of(Contact contact, ConsentEventBook events, IReadOnlyList<ContactAlias> aliases)
    {
        var known = new ConsentFacts
        {
            Key = contact.Id,
            Jurisdiction = ContactJurisdiction.Of(contact),
            SubscriberType = contact.SubscriberType,
            SourceKind = contact.Source,
            SourceCollectedAt = contact.CollectedAt?.ToUnixTimeMilliseconds(),
            SourceNoticeAt = contact.NoticeAt?.ToUnixTimeMilliseconds(),
            ContactRoleAddress = contact.Email.IsRoleAddress,
            ContactZone = contact.TimeZone,
            LegitimateInterestAssessed = CampaignQuestion.LegitimateInterestAssessed,
            BusinessRelated = contact.JobTitle is null ? null : true, // the offer is for people in their jobs
            AccountSuppressed = events.OfAccount(contact.AccountId).Any(consentEvent => consentEvent.Restricts),
            FactErrors = events.IsUncertain(contact, aliases) ? 1 : 0,
        };
        return Fold.Fold(events.OfContact(contact, aliases), known);
    }
}
