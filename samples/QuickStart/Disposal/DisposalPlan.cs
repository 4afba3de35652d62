using Abm.Privacy.Retention;
using QuickStart.Contacts;

namespace QuickStart.Disposal;

/// <summary>What is to be done with one contact today.</summary>
/// <param name="Contact">The contact.</param>
/// <param name="Standing">Where the contact stands as a whole.</param>
/// <param name="Fields">The fields to dispose of, each with the decision that says so; all of them if the keys are destroyed.</param>
internal sealed record DisposalPlan(Contact Contact, ContactStanding Standing, IReadOnlyList<(ContactField Field, RetentionDecision Decision)> Fields)
{
    public bool DestroysKeys => Standing == ContactStanding.Shred;
}
