using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Encryption;
using Abm.Privacy.Keys;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>Encrypts the address and program of evidence under the key of the person, before the ledger's transaction begins.</summary>
internal sealed class EvidenceSealer(KeyRing keys)
{
    private readonly FieldEncryptor _encryptor = new(keys);

    /// <summary>Whether there is anything to encrypt.</summary>
    public static bool HasWork(IEnumerable<LedgerEvent> events) => events.Any(item => EvidenceOf(item) is { } evidence && (evidence.IpAddress ?? evidence.UserAgent) is not null);

    public async Task<IReadOnlyList<LedgerEvent>> SealAsync(ContactPoint point, IReadOnlyList<LedgerEvent> events, CancellationToken cancellationToken)
    {
        using var lease = await keys.OpenAsync(point.Tenant, [point.Subject], cancellationToken).ConfigureAwait(false);
        return [.. events.Select(item => Seal(lease, point, item))];
    }

    /// <summary>The event has its idempotency key, which is bound into the envelopes.</summary>
    private LedgerEvent Seal(KeyLease lease, ContactPoint point, LedgerEvent item)
    {
        if (EvidenceOf(item) is not { } evidence || (evidence.IpAddress ?? evidence.UserAgent) is null)
        {
            return item;
        }

        var isSealed = evidence with
        {
            IpAddress = evidence.IpAddress is { } address ? _encryptor.Seal(lease, point.Subject, EvidencePlaces.IpAddress(point, item), address) : null,
            UserAgent = evidence.UserAgent is { } program ? _encryptor.Seal(lease, point.Subject, EvidencePlaces.UserAgent(point, item), program) : null,
        };
        return item switch
        {
            ConsentEvent consent => consent with { Evidence = isSealed },
            ObjectionEvent objection => objection with { Evidence = isSealed },
            _ => item,
        };
    }

    private static ConsentEvidence? EvidenceOf(LedgerEvent item) => item switch
    {
        ConsentEvent consent => consent.Evidence,
        ObjectionEvent objection => objection.Evidence,
        _ => null,
    };
}
