using Abm.Privacy;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;
using Microsoft.EntityFrameworkCore;
using QuickStart.Storage;

namespace QuickStart.Disposal;

/// <summary>Carries plans out on the database and the keys. The keys go first: a row that a crash leaves behind is unreadable, a key that it leaves behind is not.</summary>
internal sealed class StoredDisposal(ContactDatabase database, KeyRing keys, IEnumerable<IDerivedArtefactSource> derived)
{
    private long _shredded;

    public long KeysDestroyed { get; private set; }

    public long FieldsDeleted { get; private set; }

    public long RowsDeleted { get; private set; }

    /// <summary>Contacts whose stored values answered, before their rows were deleted, that the person was erased.</summary>
    public long ReadAsErased { get; private set; }

    public bool AllReadAsErased => ReadAsErased == _shredded;

    public async Task RunAsync(IReadOnlyCollection<DisposalPlan> plans, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var done = 0;
        foreach (var batch in plans.Chunk(ContactDatabase.BatchSize))
        {
            await ShredAsync([.. batch.Where(plan => plan.DestroysKeys).Select(plan => plan.Contact.Id)], cancellationToken);
            await DeleteFieldsAsync(batch.Where(plan => !plan.DestroysKeys).ToDictionary(plan => plan.Contact.Id, StringComparer.Ordinal), cancellationToken);
            done += batch.Length;
            progress.Report((double)done / plans.Count);
        }
    }

    private async Task ShredAsync(string[] ids, CancellationToken cancellationToken)
    {
        KeysDestroyed += await keys.DestroySubjectsAsync(ContactDatabase.Tenant, [.. ids.Select(id => new SubjectId(id))], cancellationToken);
        foreach (var (id, source) in ids.SelectMany(id => derived.Select(source => (id, source))))
        {
            await source.EraseAsync(ContactDatabase.Tenant, new SubjectId(id), cancellationToken); // what the consent ledger found the person by
        }

        await using var context = database.Open();
        var opened = await context.RevealAsync(context.OfIds(ids).AsNoTracking(), row => row, "proof that a disposed contact cannot be read", cancellationToken);
        _shredded += opened.Count;
        ReadAsErased += opened.Count(result => result.Failures.Count == StoredFields.Of(result.Entity).Count()
            && result.Failures.All(failure => failure.Error.Code == PrivacyErrorCode.SubjectErased));
        RowsDeleted += await context.OfIds(ids).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task DeleteFieldsAsync(Dictionary<string, DisposalPlan> plans, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        foreach (var row in await context.OfIds(plans.Keys).ToListAsync(cancellationToken))
        {
            var gone = plans[row.Id].Fields.Select(entry => entry.Field.Column).ToHashSet(StringComparer.Ordinal);
            foreach (var field in StoredFields.Of(row).Where(field => gone.Contains(field.Column)).ToList())
            {
                field.Set(row, null);
                FieldsDeleted++;
            }
        }

        await context.SaveChangesAsync(cancellationToken);
    }
}
