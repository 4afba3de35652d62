using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Encryption;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>
/// Where the encrypted parts of an evidence stand, to reveal them on purpose: <c>encryptor.Reveal(lease, EvidencePlaces.IpAddress(point, item), item.Evidence.IpAddress)</c>.
/// </summary>
public static class EvidencePlaces
{
    private const string Scope = "abm";
    private const string Entity = "ledger-event";

    /// <summary>The place of <see cref="ConsentEvidence.IpAddress"/>.</summary>
    /// <param name="contactPoint">The contact point.</param>
    /// <param name="ledgerEvent">The event.</param>
    /// <returns>The place.</returns>
    public static FieldContext IpAddress(ContactPoint contactPoint, LedgerEvent ledgerEvent) => Of(contactPoint, ledgerEvent, "ip-address");

    /// <summary>The place of <see cref="ConsentEvidence.UserAgent"/>.</summary>
    /// <param name="contactPoint">The contact point.</param>
    /// <param name="ledgerEvent">The event.</param>
    /// <returns>The place.</returns>
    public static FieldContext UserAgent(ContactPoint contactPoint, LedgerEvent ledgerEvent) => Of(contactPoint, ledgerEvent, "user-agent");

    // no line break stands in an id, and both names are bounded
    private static FieldContext Of(ContactPoint contactPoint, LedgerEvent ledgerEvent, string field)
    {
        ArgumentNullException.ThrowIfNull(contactPoint);
        ArgumentNullException.ThrowIfNull(ledgerEvent);
        return new FieldContext(contactPoint.Tenant, Scope, Entity, field, $"{contactPoint.Id}\n{ledgerEvent.Origin}\n{ledgerEvent.IdempotencyKey}");
    }
}
