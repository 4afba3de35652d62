using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Masking.Views;

/// <summary>Opens the pseudonyms of a tenant: keys are fetched once, so that a view is synchronous.</summary>
public interface IViewPseudonymSource
{
    /// <summary>Opens the pseudonyms of a tenant.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The pseudonyms, to be disposed by the caller when the view is no longer used.</returns>
    /// <exception cref="PrivacyException">The root key or a key store is unavailable or damaged.</exception>
    ValueTask<IViewPseudonyms> OpenAsync(TenantId tenant, CancellationToken cancellationToken = default);
}
