using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Microsoft.EntityFrameworkCore;

namespace QuickStart.Storage;

/// <summary>Index values are under a key of the tenant, so destroying a person's keys leaves them alone: they are listed and erased by hand.</summary>
internal sealed class EmailIndexValues(ContactDatabase database) : IDerivedArtefactSource
{
    public string Name => "contact.email_eq";

    public async ValueTask<IReadOnlyList<DerivedArtefact>> FindAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return [new DerivedArtefact(DerivedArtefactKind.BlindIndex, $"contacts.{ContactIndexes.EmailColumn}", await Of(context, tenant, subject).LongCountAsync(cancellationToken))];
    }

    public async ValueTask<long> EraseAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        return await Of(context, tenant, subject).ExecuteUpdateAsync(
            row => row.SetProperty(contact => EF.Property<byte[]?>(contact, ContactIndexes.EmailColumn), (byte[]?)null), cancellationToken);
    }

    private static IQueryable<StoredContact> Of(CrmContext context, TenantId tenant, SubjectId subject)
    {
        var (tenantId, id) = (tenant.Value, subject.Value);
        return context.Contacts.Where(row => row.TenantId == tenantId && row.Id == id && EF.Property<byte[]?>(row, ContactIndexes.EmailColumn) != null);
    }
}
