using Abm.Privacy;
using QuickStart.Output;
using QuickStart.Protection;

namespace QuickStart.Disposal;

/// <summary>Carries plans out on the protected file and the keys: the file is rewritten as a whole, the keys go first.</summary>
internal sealed class StoredDisposal(ContactCipher cipher, OutputFolder folder)
{
    private readonly Dictionary<string, KeyValuePair<string, string>> _probes = new(StringComparer.Ordinal);

    public long KeysDestroyed { get; private set; }

    public long FieldsDeleted { get; private set; }

    public long RowsDeleted { get; private set; }

    /// <summary>Contacts whose stored envelope, kept aside, now answers that the person was erased.</summary>
    public long ReadAsErased { get; private set; }

    public bool AllReadAsErased => ReadAsErased == _probes.Count;

    public async Task RunAsync(IReadOnlyDictionary<string, DisposalPlan> plans, IProgress<double> progress, CancellationToken cancellationToken)
    {
        await using var file = folder.Create(ProtectedFile.Name);
        await foreach (var stored in ProtectedFile.ReadAsync(ProtectedFile.PathIn(folder), cancellationToken: cancellationToken))
        {
            if (stored.ContactId is null)
            {
                throw new QuickStartException(ExitCodes.Integrity, $"Row {ConsoleText.Number(stored.Line)} of the protected file is not what was stored, so nothing was disposed of. Run with --only verify to see every fault.");
            }

            if (Remaining(stored, plans.GetValueOrDefault(stored.ContactId)) is { } remaining)
            {
                await ProtectedFile.WriteAsync(file, remaining, cancellationToken);
            }
        }

        // the keys first: a row that a crash leaves behind is unreadable, a key that it leaves behind is not
        KeysDestroyed = await cipher.DestroyAsync(plans.Values.Where(plan => plan.DestroysKeys).Select(plan => plan.Contact.Id), cancellationToken);
        progress.Report(1);
        await file.CommitAsync(cancellationToken);
        await ProbeAsync(cancellationToken);
    }

    private StoredContact? Remaining(StoredContact stored, DisposalPlan? plan)
    {
        if (plan is null)
        {
            return stored;
        }

        if (plan.DestroysKeys)
        {
            RowsDeleted++;
            if (stored.Fields is [var probe, ..])
            {
                _probes[stored.ContactId!] = probe;
            }

            return null;
        }

        var gone = plan.Fields.Select(entry => entry.Field.Column).ToHashSet(StringComparer.Ordinal);
        var fields = stored.Fields.Where(field => !gone.Contains(field.Key)).ToList();
        FieldsDeleted += stored.Fields.Count - fields.Count;
        return stored with { Fields = fields };
    }

    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        foreach (var batch in _probes.Chunk(ContactCipher.BatchSize))
        {
            using var lease = await cipher.LeaseAsync(batch.Select(probe => new StoredContact(0, probe.Key, [])), cancellationToken);
            ReadAsErased += batch.Count(probe => cipher.TryOpen(lease, probe.Key, probe.Value.Key, probe.Value.Value, out _) == PrivacyErrorCode.SubjectErased);
        }
    }
}
