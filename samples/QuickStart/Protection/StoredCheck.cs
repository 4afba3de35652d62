using System.Runtime.CompilerServices;
using Abm.Privacy;
using QuickStart.Output;
using QuickStart.Steps;

namespace QuickStart.Protection;

/// <summary>One pass over the protected file that decrypts everything and counts what it finds.</summary>
internal sealed class StoredCheck(ContactCipher cipher)
{
    private const int ListedFaults = 20;
    private readonly List<StoredFault> _faults = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public long Rows { get; private set; }

    public long Values { get; private set; }

    public long Opened { get; private set; }

    /// <summary>Values whose keys were destroyed on purpose: unreadable, and no fault.</summary>
    public long Erased { get; private set; }

    public IReadOnlyList<StoredFault> Faults => _faults;

    public async IAsyncEnumerable<OpenedContact> RunAsync(OutputFolder folder, IProgress<double> progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in ProtectedFile.ReadAsync(ProtectedFile.PathIn(folder), progress, cancellationToken).Chunk(ContactCipher.BatchSize).WithCancellation(cancellationToken))
        {
            using var lease = await cipher.LeaseAsync(batch, cancellationToken);
            foreach (var stored in batch)
            {
                var opened = cipher.Open(lease, stored);
                Take(opened);
                yield return opened;
            }
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

        report.Fail(ExitCodes.Integrity, $"In the protected file {ConsoleText.Number(_faults.Count)} stored values are not what was stored: they were changed, moved to another row, or belong to other keys. {advice}");
    }

    private void Take(OpenedContact opened)
    {
        Rows++;
        Values += opened.Stored.Fields.Count;
        Opened += opened.Values.Count;
        foreach (var fault in opened.Faults)
        {
            if (fault.Code == PrivacyErrorCode.SubjectErased)
            {
                Erased++;
            }
            else
            {
                _faults.Add(fault);
            }
        }

        if (opened.Stored.ContactId is { } id && !_ids.Add(id))
        {
            Fault(opened.Stored.Line, StoredFault.WholeRow, PrivacyErrorCode.FormatUnknown); // a contact has one row
        }
    }
}
