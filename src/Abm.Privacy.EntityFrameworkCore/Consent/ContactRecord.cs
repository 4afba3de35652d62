using System.Data.Common;
using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>A contact point as its row says.</summary>
internal sealed record ContactRecord(ContactPoint Point, string? Account, SuppressionHash? Hash, byte[]? DomainHash, bool IsErased)
{
    private const string Columns = "c.contact_point, c.subject, c.channel, c.subject_kind, c.registered_at, c.account, c.identifier_type, c.normalizer, c.suppression_version, c.identifier_hash, c.domain_hash, c.erased_at";

    /// <summary>Reads the rows that a condition names.</summary>
    public static Task<List<ContactRecord>> FindAsync(
        LedgerSession session, TenantId tenant, string condition, bool locks, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters) =>
        session.QueryAsync(
            $"SELECT {Columns} FROM {session.Tables.ContactPoints} AS c WHERE c.tenant = @t AND {condition}{(locks ? session.ForUpdate : "")}",
            row => Read(tenant, row),
            cancellationToken,
            [("@t", tenant.Value), .. parameters]);

    public static async Task<ContactRecord?> FindAsync(LedgerSession session, TenantId tenant, ContactPointId id, bool locks, CancellationToken cancellationToken) =>
        (await FindAsync(session, tenant, "c.contact_point = @c", locks, cancellationToken, ("@c", id.Value)).ConfigureAwait(false)).SingleOrDefault();

    /// <summary>Who is reached at an identifier, or at a domain. In the one order in which everybody locks them.</summary>
    public static async Task<List<ContactRecord>> FindAsync(LedgerSession session, TenantId tenant, SuppressionHash hash, CancellationToken cancellationToken)
    {
        var found = await FindAsync(session, tenant, "c.identifier_hash = @h AND c.identifier_type = @y", locks: false, cancellationToken, ("@h", hash.Value.ToArray()), ("@y", hash.IdentifierType)).ConfigureAwait(false);
        if (hash.IdentifierType == DomainName.IdentifierType)
        {
            found.AddRange(await FindAsync(session, tenant, "c.domain_hash = @h", locks: false, cancellationToken, ("@h", hash.Value.ToArray())).ConfigureAwait(false));
        }

        return [.. found.DistinctBy(record => record.Point.Id).OrderBy(record => record.Point.Id)];
    }

    private static ContactRecord Read(TenantId tenant, DbDataReader row)
    {
        var point = new ContactPoint(
            tenant, new ContactPointId(row.GetGuid(0)), new SubjectId(row.GetString(1)), (Channel)row.GetInt32(2), (SubjectKind)row.GetInt32(3), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)));
        var hash = row.IsDBNull(9) ? null : new SuppressionHash(row.GetString(6), row.GetString(7), row.GetInt32(8), row.GetFieldValue<byte[]>(9));
        return new ContactRecord(point, row.IsDBNull(5) ? null : row.GetString(5), hash, row.IsDBNull(10) ? null : row.GetFieldValue<byte[]>(10), !row.IsDBNull(11));
    }
}
