using Abm.Privacy;
using Abm.Privacy.Erasure;
using Abm.Privacy.Identifiers;
using Microsoft.EntityFrameworkCore;
using QuickStart.Disposal;
using QuickStart.Erasure;
using QuickStart.Keys;
using QuickStart.Storage;

namespace QuickStart.Steps;

/// <summary>Forgets one person who asked for it, for good, and shows the signed receipt verified.</summary>
internal sealed class ForgetStep(ContactDatabase database, SubjectErasure erasure, LegalHoldFile holds, KeyFolder keys) : ICampaignStep
{
    private const string Reason = "GDPR Art 17(1)(b), a request of the campaign day";

    public string Title => "Forget: one person, with a receipt that anybody can check";

    public async Task RunAsync(CampaignState state, StepReport report, IProgress<double> progress, CancellationToken cancellationToken)
    {
        await database.RequireContactsAsync("nobody can be forgotten", cancellationToken);
        if (await ChooseAsync(state, cancellationToken) is not { } person)
        {
            report.Note("A legal hold covers everybody who is stored, so nobody is forgotten today.");
            return;
        }

        var plan = await erasure.PlanShredAsync(ContactDatabase.Tenant, new SubjectId(person.Id), Reason, cancellationToken);
        ErasureReport.Plan(report, plan, person);
        var shredded = await erasure.ShredAsync(plan, cancellationToken);
        progress.Report(0.3);
        var values = StoredFields.Of(person).Count();
        var erased = await ReadAsErasedAsync(person, cancellationToken);
        await using (var context = database.Open())
        {
            await context.OfIds([person.Id]).ExecuteDeleteAsync(cancellationToken);
        }

        var epoch = await erasure.CloseShredEpochAsync(ContactDatabase.Tenant, cancellationToken: cancellationToken);
        progress.Report(0.9);
        var final = await erasure.ConfirmAsync(shredded.SignedReceipt!.Value, epoch, cancellationToken);
        report.Count("values of the person", values);
        report.Count("= that now read as SubjectErased", erased);
        report.Count("data keys of others that the closed epoch wrapped anew", epoch.Rewrapped);
        report.Count("tenant keys that it destroyed", epoch.DestroyedTenantKeys.Count);
        await new ReceiptFile(state.Output, keys).SaveAndVerifyAsync(final, report, cancellationToken);
        report.Note($"Stored again under the same id: {await StoreAgainAsync(person, cancellationToken)}. Only KeyLifecycle.ReadmitSubjectAsync, an explicit act, lets the person in again, with a new key.");
        report.Note("The list is a clear copy, and no key reaches it: remove the person there. The protect step leaves the row out from now on.");
        if (erased != values)
        {
            report.Fail(ExitCodes.Integrity, "A forgotten person can still be read. Do not rely on this erasure: check who holds copies of the key store, and report it.");
        }
    }

    /// <summary>The person of --forget; else the last one of the list whom no legal hold covers.</summary>
    private async Task<StoredContact?> ChooseAsync(CampaignState state, CancellationToken cancellationToken)
    {
        var held = (await holds.OnAsync(state.Contacts, cancellationToken)).SelectMany(hold => hold.Subjects).Select(subject => subject.Value).ToHashSet(StringComparer.Ordinal);
        await using var context = database.Open();
        if (state.Options.Forget is { } id)
        {
            return held.Contains(id)
                ? throw new QuickStartException(ExitCodes.Input, "A legal hold covers the contact that --forget names, so nothing was destroyed. Ask who placed the hold.")
                : await context.OfIds([id]).AsNoTracking().FirstOrDefaultAsync(cancellationToken)
                ?? throw new QuickStartException(ExitCodes.Input, "No stored contact has the id that --forget names. Check the id; a contact that was erased before has no row any more.");
        }

        await foreach (var row in context.Contacts.AsNoTracking().OrderByDescending(row => row.Line).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (!held.Contains(row.Id))
            {
                return row;
            }
        }

        return null;
    }

    private async Task<int> ReadAsErasedAsync(StoredContact person, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var opened = await context.RevealAsync([person], row => row, "proof that a forgotten person cannot be read", cancellationToken);
        return opened[0].Failures.Count(failure => failure.Error.Code == PrivacyErrorCode.SubjectErased);
    }

    /// <returns>What became of an attempt to take the person in again.</returns>
    private async Task<string> StoreAgainAsync(StoredContact person, CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        context.Add(new StoredContact { TenantId = person.TenantId, Id = person.Id, Line = person.Line, Email = "again@nowhere.example" });
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return "taken in, which must not be";
        }
        catch (PrivacyException error)
        {
            return $"refused with {error.Code}";
        }
    }
}
