using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Pseudonymization;

/// <summary>An open pseudonymization domain of one tenant. Safe for concurrent use; dispose it when the work is done.</summary>
public sealed class PseudonymLease : IDisposable
{
    private readonly KeyLease _keys;
    private readonly DataKey _root;

    internal PseudonymLease(KeyLease keys, DataKey root, PseudonymDomain domain) => (_keys, _root, Domain) = (keys, root, domain);

    /// <summary>The tenant.</summary>
    public TenantId Tenant => _keys.Tenant;

    /// <summary>The domain.</summary>
    public PseudonymDomain Domain { get; }

    /// <summary>Makes the pseudonym of an identifier.</summary>
    /// <typeparam name="TIdentifier">The identifier's type.</typeparam>
    /// <param name="identifier">The identifier.</param>
    /// <returns>The pseudonym.</returns>
    /// <exception cref="InvalidOperationException">The identifier was never set.</exception>
    /// <exception cref="ArgumentException">An identifier of your own is not valid Unicode.</exception>
    /// <exception cref="ObjectDisposedException">The lease has ended.</exception>
    public Pseudonym Pseudonymize<TIdentifier>(TIdentifier identifier)
        where TIdentifier : struct, IIdentifier
    {
        var use = _keys.Use();
        try
        {
            return PseudonymKey.Of(_root, Tenant, Domain, TIdentifier.IdentifierType, TIdentifier.Normalizer).Pseudonymize(identifier.Value);
        }
        finally
        {
            use.Release();
        }
    }

    /// <summary>Ends the lease.</summary>
    public void Dispose() => _keys.Dispose();
}
