using System.Runtime.CompilerServices;
using Abm.Privacy;
using Abm.Privacy.EntityFrameworkCore.Revealing;
using Microsoft.EntityFrameworkCore;
using QuickStart.Steps;
using QuickStart.Storage;

namespace QuickStart.Protection;

/// <summary>One pass over the database that decrypts everything and counts what it finds.</summary>
internal sealed class StoredCheck(ContactDatabase database)
{
    private const int ListedFaults = 20;
    private readonly List<StoredFault> _faults = [];

    public long Rows { get; private set; }

    public long Values { get; private set; }

    public long Opened { get; private set; }

    /// <summary>Values whose keys were destroyed on purpose: unreadable, and no fault.</summary>
    public long Erased { get; private set; }

    public IReadOnlyList<StoredFault> Faults => _faults;

    public async IAsyncEnumerable<RevealResult<StoredContact>> RunAsync(IProgress<double> progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var context = database.Open();
        var total = Math.Max(1, await context.Contacts.LongCountAsync(cancellationToken));
        await foreach (var batch in context.BatchesAsync().WithCancellation(cancellationToken))
        {
            foreach (var opened in await context.RevealAsync(batch, row => row, "check of the whole store", cancellationToken))
            {
                Take(opened);
                yield return opened;
            }

            progress.Report((double)Rows / total);
        }
    }

    public void Fault(int row, string field, PrivacyErrorCode code) => _faults.Add(new StoredFault(row, field, code));

    /// <summary>Tells what does not open, and ends the run with an error if anything does not.</summary>
    public void Report(StepReport report, string advice)
    {
        if (_faults.Count == 0)
        {
            return;
        }

        var table = report.Table("Stored values that are not what was stored", ListedFaults, "row", "field", "error");
        foreach (var fault in _faults)
        {
            table.Row(ConsoleText.Number(fault.Row), fault.Field, fault.Code.ToString());
        }

        report.Fail(ExitCodes.Integrity, $"In the database {ConsoleText.Number(_faults.Count)} stored values are not what was stored: they were changed, moved to another row, or belong to other keys. {advice}");
    }

    private void Take(RevealResult<StoredContact> opened)
    {
        var values = StoredFields.Of(opened.Entity).Count();
        Rows++;
        Values += values;
        Opened += values - opened.Failures.Count;
        foreach (var failure in opened.Failures)
        {
            if (failure.Error.Code == PrivacyErrorCode.SubjectErased)
            {
                Erased++;
            }
            else
            {
                Fault(opened.Entity.Line, failure.Field, failure.Error.Code);
            }
        }
    }
}
