using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Consent;

/// <summary>The usual question in short: a purpose and a channel, about now.</summary>
public static class ConsentServiceExtensions
{
    /// <summary>Decides about one contact point.</summary>
    /// <param name="service">The service.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="contactPoint">The contact point.</param>
    /// <param name="purpose">What its data is used for.</param>
    /// <param name="channel">By what way the person is reached.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The decision.</returns>
    /// <exception cref="PrivacyException">The ledger is unavailable, or an event cannot be read.</exception>
    public static ValueTask<ConsentDecision> EvaluateAsync(
        this IConsentService service, TenantId tenant, ContactPointId contactPoint, Purpose purpose, Channel channel, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(service);
        return service.EvaluateAsync(tenant, contactPoint, new ConsentQuestion(purpose, channel), null, cancellationToken);
    }

    /// <summary>Decides about an address or number, found by its blind index.</summary>
    /// <typeparam name="TIdentifier">The identifier's type.</typeparam>
    /// <param name="service">The service.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="identifier">The address or number.</param>
    /// <param name="purpose">What its data is used for.</param>
    /// <param name="channel">By what way the person is reached.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The decision; the least permissive one where several contact points have it.</returns>
    /// <exception cref="PrivacyException">The ledger or a key store is unavailable, or an event cannot be read.</exception>
    public static ValueTask<ConsentDecision> EvaluateAsync<TIdentifier>(
        this IConsentService service, TenantId tenant, TIdentifier identifier, Purpose purpose, Channel channel, CancellationToken cancellationToken = default)
        where TIdentifier : struct, IIdentifier
    {
        ArgumentNullException.ThrowIfNull(service);
        return service.EvaluateAsync(tenant, identifier, new ConsentQuestion(purpose, channel), null, cancellationToken);
    }
}
