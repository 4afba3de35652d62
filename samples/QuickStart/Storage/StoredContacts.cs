using Microsoft.EntityFrameworkCore;

namespace QuickStart.Storage;

/// <summary>Queries that several steps ask.</summary>
internal static class StoredContacts
{
    /// <summary>Every contact in the list's order, sealed and not tracked; streamed.</summary>
    public static IAsyncEnumerable<StoredContact[]> BatchesAsync(this CrmContext context) =>
        context.Contacts.AsNoTracking().OrderBy(row => row.Line).ThenBy(row => row.Id).AsAsyncEnumerable().Chunk(ContactDatabase.BatchSize);

    /// <summary>The contacts of some ids, tracked.</summary>
    public static Task<Dictionary<string, StoredContact>> ByIdAsync(this CrmContext context, IEnumerable<string> ids, CancellationToken cancellationToken) =>
        context.OfIds(ids).ToDictionaryAsync(row => row.Id, StringComparer.Ordinal, cancellationToken);

    /// <summary>The contacts of some ids.</summary>
    public static IQueryable<StoredContact> OfIds(this CrmContext context, IEnumerable<string> ids)
    {
        var tenant = ContactDatabase.Tenant.Value;
        return context.Contacts.Where(row => row.TenantId == tenant && ids.Contains(row.Id));
    }
}
