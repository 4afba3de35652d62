using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Pseudonymization;

/// <summary>
/// Pseudonyms by HMAC-SHA-256 under a key for each tenant, domain, identifier type and normalizer, derived from a
/// pseudonym root that serves nothing else.
/// </summary>
public sealed class Pseudonymizer : IPseudonymizer
{
    private readonly KeyRing _keys;

    /// <summary>Creates a pseudonymizer.</summary>
    /// <param name="keys">Holds the pseudonym roots.</param>
    public Pseudonymizer(KeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _keys = keys;
    }

    /// <inheritdoc/>
    public async ValueTask<PseudonymLease> OpenAsync(TenantId tenant, PseudonymDomain domain, CancellationToken cancellationToken = default)
    {
        _ = domain.Name; // a domain that was never set is none
        var owner = DataKeyOwner.ForTenant(KeyUsage.Pseudonym);
        var keys = await _keys.OpenOwnersAsync(tenant, [owner], create: true, cancellationToken).ConfigureAwait(false);
        try
        {
            return new PseudonymLease(keys, keys.GetActive(owner), domain);
        }
        catch
        {
            keys.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<Pseudonym> PseudonymizeAsync<TIdentifier>(
        TenantId tenant, PseudonymDomain domain, TIdentifier identifier, CancellationToken cancellationToken = default)
        where TIdentifier : struct, IIdentifier
    {
        using var lease = await OpenAsync(tenant, domain, cancellationToken).ConfigureAwait(false);
        return lease.Pseudonymize(identifier);
    }
}
