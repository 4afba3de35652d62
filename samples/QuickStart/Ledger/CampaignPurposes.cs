using Abm.Privacy.Classification;
using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;

namespace QuickStart.Ledger;

/// <summary>Every purpose of this application, with the data that it needs. The ledger keeps a row of facts for each of them and refuses events for others.</summary>
internal static class CampaignPurposes
{
    public static PurposeCatalog Catalog { get; } = new(
    [
        new(Purposes.Newsletter, "The monthly newsletter.", [new(DataClasses.Email), new(DataClasses.PersonName)]),
        new(Purposes.EventInvitation, "Invitations to fairs and webinars.", [new(DataClasses.Email), new(DataClasses.PersonName), new(DataClasses.JobTitle)]),
        new(Purposes.AdAudience, "Hashed addresses for audiences of advertising networks.", [new(DataClasses.Email)]),
    ]);
}
