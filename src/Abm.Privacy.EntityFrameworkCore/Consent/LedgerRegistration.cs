using Abm.Privacy.Consent.Ledger;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>Registers one contact point in one transaction.</summary>
internal sealed class LedgerRegistration(LedgerSession session, ContactPointRegistration registration, IdentifierNames names, LedgerIntake intake)
{
    private const string Origin = "abm.registration";

    public async Task<ContactPoint> RunAsync(CancellationToken cancellationToken)
    {
        var tenant = registration.Tenant;
        var writer = new LedgerWriter(session, tenant, intake);

        // many register at one domain at once
        await writer.LockAsync([(names.Hash, false), .. names.Domain is { } shared ? [(shared, true)] : Array.Empty<(SuppressionHash, bool)>()], cancellationToken).ConfigureAwait(false);
        await writer.LockAccountTreeAsync(shared: true, cancellationToken).ConfigureAwait(false);
        var known = (await ContactRecord.FindAsync(session, tenant, names.Hash, cancellationToken).ConfigureAwait(false))
            .Find(record => record.Point.Subject == registration.Subject && record.Point.Channel == registration.Channel && !record.IsErased);
        if (known is not null)
        {
            await IndexAsync(known.Point, cancellationToken).ConfigureAwait(false); // under the current key, if it was rotated
            return known.Point;
        }

        var registeredAt = DateTimeOffset.FromUnixTimeMilliseconds(intake.Now.ToUnixTimeMilliseconds());
        var point = new ContactPoint(tenant, ContactPointId.NewId(), registration.Subject, registration.Channel, registration.SubjectKind, registeredAt);
        await InsertAsync(point, cancellationToken).ConfigureAwait(false);
        await IndexAsync(point, cancellationToken).ConfigureAwait(false);

        var events = new List<LedgerEvent>();
        if (registration.Account is { } account)
        {
            events.Add(new ContactAccountEvent { Account = account, OccurredAt = registeredAt, Origin = Origin });
        }

        foreach (var hash in new[] { names.Hash, names.Domain }.OfType<SuppressionHash>())
        {
            events.AddRange((await SuppressionList.FindAsync(session, tenant, hash, cancellationToken).ConfigureAwait(false)).SelectMany(entry => entry.ToEvents()));
        }

        await writer.AppendAsync(new ContactRecord(point, null, names.Hash, null, IsErased: false), events, always: true, cancellationToken).ConfigureAwait(false);
        return point;
    }

    private Task<int> InsertAsync(ContactPoint point, CancellationToken cancellationToken) => session.ExecuteAsync(
        $"""
        INSERT INTO {session.Tables.ContactPoints} (tenant, contact_point, subject, channel, subject_kind, registered_at, identifier_type, normalizer, suppression_version, identifier_hash, domain_hash)
        VALUES (@t, @c, @s, @ch, @k, @r, @y, @n, @v, @h, {(names.Domain is null ? "NULL" : "@d")})
        """,
        cancellationToken,
        [
            ("@t", point.Tenant.Value), ("@c", point.Id.Value), ("@s", point.Subject.Value), ("@ch", (int)point.Channel), ("@k", (int)point.SubjectKind),
            ("@r", point.RegisteredAt.ToUnixTimeMilliseconds()), ("@y", names.Hash.IdentifierType), ("@n", names.Hash.Normalizer), ("@v", names.Hash.KeyVersion), ("@h", names.Hash.Value.ToArray()),
            .. names.Domain is { } domain ? [("@d", domain.Value.ToArray())] : Array.Empty<(string, object?)>(),
        ]);

    private Task<int> IndexAsync(ContactPoint point, CancellationToken cancellationToken) => session.ExecuteAsync(
        $"INSERT INTO {session.Tables.ContactIndex} (tenant, contact_point, key_version, value) VALUES (@t, @c, @v, @x) ON CONFLICT DO NOTHING",
        cancellationToken,
        ("@t", point.Tenant.Value),
        ("@c", point.Id.Value),
        ("@v", names.IndexVersion),
        ("@x", names.IndexValue));
}
