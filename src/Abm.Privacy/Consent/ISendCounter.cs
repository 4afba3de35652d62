using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Consent;

/// <summary>Counts what was sent, for the caps: the one thing that decisions rest on and that is no event of the ledger.</summary>
public interface ISendCounter
{
    /// <summary>Counts the messages of the rolling window that ends at a moment.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="contactPoint">The contact point.</param>
    /// <param name="account">Its account; null for none.</param>
    /// <param name="at">The end of the window.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The counts.</returns>
    /// <exception cref="PrivacyException">They cannot be read; then nothing is decided.</exception>
    ValueTask<SendCounts> CountAsync(TenantId tenant, ContactPointId contactPoint, AccountId? account, DateTimeOffset at, CancellationToken cancellationToken = default);
}
