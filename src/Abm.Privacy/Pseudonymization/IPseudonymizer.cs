using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Pseudonymization;

/// <summary>
/// Makes keyed one-way pseudonyms of identifiers. One identifier has one pseudonym within a tenant and domain, and
/// pseudonyms of different tenants or domains cannot be linked without the key. Implementations are safe for concurrent use.
/// </summary>
public interface IPseudonymizer
{
    /// <summary>Opens a domain for many identifiers: afterwards no key store is needed.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="domain">The domain.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The lease, to be disposed by the caller.</returns>
    /// <exception cref="PrivacyException">The root key or a key store is unavailable or damaged.</exception>
    ValueTask<PseudonymLease> OpenAsync(TenantId tenant, PseudonymDomain domain, CancellationToken cancellationToken = default);

    /// <summary>Makes the pseudonym of a single identifier.</summary>
    /// <typeparam name="TIdentifier">The identifier's type.</typeparam>
    /// <param name="tenant">The tenant.</param>
    /// <param name="domain">The domain.</param>
    /// <param name="identifier">The identifier.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The pseudonym.</returns>
    /// <exception cref="PrivacyException">The root key or a key store is unavailable or damaged.</exception>
    ValueTask<Pseudonym> PseudonymizeAsync<TIdentifier>(
        TenantId tenant, PseudonymDomain domain, TIdentifier identifier, CancellationToken cancellationToken = default)
        where TIdentifier : struct, IIdentifier;
}
