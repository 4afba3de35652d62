using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Consent;

/// <summary>
/// Decides about people of the ledger: may this contact point be used for this purpose on this channel, why, and on what evidence? What is not set up is
/// a denial with a reason of its own (<see cref="ConsentDecision.IsConfigurationGap"/>), never a permit and never null. Safe for use by many threads
/// at once.
/// </summary>
public interface IConsentService
{
    /// <summary>The policy that decides.</summary>
    ConsentPolicy Policy { get; }

    /// <summary>Decides about one contact point.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="contactPoint">The contact point.</param>
    /// <param name="question">What is asked. Without a moment of its own it is about now.</param>
    /// <param name="campaign">The campaign whose own suppressions count too, as <see cref="CampaignNames"/> has it; null for none.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The decision, with the events behind it.</returns>
    /// <exception cref="ArgumentException">The text is no name of a campaign.</exception>
    /// <exception cref="PrivacyException">The ledger is unavailable, or an event cannot be read.</exception>
    ValueTask<ConsentDecision> EvaluateAsync(
        TenantId tenant, ContactPointId contactPoint, ConsentQuestion question, string? campaign = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Decides about an address or number: it is found by its blind index, so that nobody needs to decrypt anything. Where several contact points of
    /// the channel have it, the least permissive answer holds.
    /// </summary>
    /// <typeparam name="TIdentifier">The identifier's type.</typeparam>
    /// <param name="tenant">The tenant.</param>
    /// <param name="identifier">The address or number.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="campaign">The campaign whose own suppressions count too, as <see cref="CampaignNames"/> has it; null for none.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The decision; with <see cref="ConsentDecision.Parts"/> where there are several contact points.</returns>
    /// <exception cref="ArgumentException">The text is no name of a campaign.</exception>
    /// <exception cref="PrivacyException">The ledger or a key store is unavailable, or an event cannot be read.</exception>
    ValueTask<ConsentDecision> EvaluateAsync<TIdentifier>(
        TenantId tenant, TIdentifier identifier, ConsentQuestion question, string? campaign = null, CancellationToken cancellationToken = default)
        where TIdentifier : struct, IIdentifier;

    /// <summary>Decides about many contact points at one moment: the people of a buying group, or the addresses of one person.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="contactPoints">The contact points; duplicates are harmless.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="campaign">The campaign whose own suppressions count too, as <see cref="CampaignNames"/> has it; null for none.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>A decision for each contact point, and one for all of them together.</returns>
    /// <exception cref="ArgumentException">There is no contact point, or the text is no name of a campaign.</exception>
    /// <exception cref="PrivacyException">The ledger is unavailable, or an event cannot be read.</exception>
    ValueTask<GroupDecision> EvaluateAsync(
        TenantId tenant, IReadOnlyCollection<ContactPointId> contactPoints, ConsentQuestion question, string? campaign = null, CancellationToken cancellationToken = default);
}
