using Abm.Privacy.Classification;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Retention;
using QuickStart.Contacts;
using QuickStart.Storage;

namespace QuickStart.Disposal;

/// <summary>Asks the schedule about every class of a contact's data, and makes of the answers what is to be done with the contact.</summary>
internal sealed class ContactRetention(IRetentionEvaluator evaluator, IReadOnlyCollection<LegalHold> holds, DateTimeOffset at)
{
    private readonly Dictionary<(DataClass Class, RetentionState State), long> _counts = [];
    private readonly Dictionary<RetentionReason, long> _gaps = [];

    /// <summary>How many contacts have data of a class in a state.</summary>
    public IReadOnlyDictionary<(DataClass Class, RetentionState State), long> Counts => _counts;

    /// <summary>Of the contacts that are not determined: how many for which reason and rule.</summary>
    public IReadOnlyDictionary<RetentionReason, long> Gaps => _gaps;

    public DisposalPlan Plan(Contact contact)
    {
        var decisions = Decide(contact);
        var stored = ContactFields.Protected
            .Where(field => field.Read(contact) is not null)
            .Select(field => (Field: field, Decision: decisions[field.DataClass]))
            .ToList();
        var due = stored.FindAll(entry => entry.Decision.State == RetentionState.Due);
        var shreds = due.Exists(entry => entry.Decision.Action == DisposalAction.CryptoShred);
        var deletable = due.FindAll(entry => entry.Decision.Action is DisposalAction.Delete or DisposalAction.Anonymize);
        var standing = stored.Exists(entry => entry.Decision.State == RetentionState.Held) ? ContactStanding.Held
            : shreds && stored.TrueForAll(MayGo) ? ContactStanding.Shred
            : deletable.Count > 0 ? ContactStanding.DeleteFields
            : due.Count > 0 ? ContactStanding.Blocked
            : stored.Exists(entry => entry.Decision.State == RetentionState.Undetermined) ? ContactStanding.Undetermined
            : ContactStanding.Keep;
        foreach (var gap in standing == ContactStanding.Undetermined ? GapsOf(stored) : [])
        {
            _gaps[gap] = _gaps.GetValueOrDefault(gap) + 1;
        }

        return new DisposalPlan(contact, standing, standing switch
        {
            ContactStanding.Shred => stored,
            ContactStanding.DeleteFields => deletable, // removing a lone value is how this sample makes it anonymous
            _ => [],
        });
    }

    /// <summary>Whether a value may go when the person's keys go: nothing holds it, and that is certain.</summary>
    private static bool MayGo((ContactField Field, RetentionDecision Decision) entry) =>
        entry.Decision.State is RetentionState.Due or RetentionState.Active;

    private static IEnumerable<RetentionReason> GapsOf(List<(ContactField Field, RetentionDecision Decision)> stored) =>
        stored.Where(entry => entry.Decision.State == RetentionState.Undetermined).SelectMany(entry => entry.Decision.Reasons)
            .Where(reason => reason.Code is RetentionReasonCode.AnchorMissing or RetentionReasonCode.ZoneUnknown or RetentionReasonCode.ClassUnknown or RetentionReasonCode.NoRule)
            .Distinct();

    private Dictionary<DataClass, RetentionDecision> Decide(Contact contact)
    {
        var decisions = new Dictionary<DataClass, RetentionDecision>();
        foreach (var field in ContactFields.All.Where(field => field.Column != ContactColumns.ContactId && field.Read(contact) is not null))
        {
            if (!decisions.ContainsKey(field.DataClass))
            {
                var decision = evaluator.Evaluate(Record(contact, field.DataClass), holds, at);
                decisions.Add(field.DataClass, decision);
                _counts[(field.DataClass, decision.State)] = _counts.GetValueOrDefault((field.DataClass, decision.State)) + 1;
            }
        }

        return decisions;
    }

    private static RetentionRecord Record(Contact contact, DataClass dataClass)
    {
        var record = new RetentionRecord
        {
            DataClass = dataClass,
            Zone = contact.TimeZone,
            Tenant = ContactDatabase.Tenant,
            Subject = new SubjectId(contact.Id),
            RecordId = contact.Id,
        };
        if (contact.CollectedAt is { } collected)
        {
            record.Anchors[RetentionAnchor.RecordCreated] = collected;
        }

        if (contact.LastActivityAt is { } activity)
        {
            record.Anchors[RetentionAnchor.LastActivity] = activity;
        }

        if (contact.ContractEndedAt is { } ended)
        {
            record.Anchors[RetentionAnchor.ContractEnded] = ended;
        }

        return record;
    }
}
