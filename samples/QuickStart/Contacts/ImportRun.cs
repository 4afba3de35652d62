using QuickStart.Output;

namespace QuickStart.Contacts;

/// <summary>One pass over the rows: every row that is taken ends as imported, merged or rejected.</summary>
internal sealed class ImportRun(ContactHeader header, FaultFile rejectedFile, FaultFile adjustedFile)
{
    private const int FirstFaultsKept = 10;
    private readonly ContactParser _parser = new(header);
    private readonly DuplicateIndex _duplicates = new();
    private readonly HashSet<string> _accounts = new(StringComparer.Ordinal);

    public ImportVerdicts Verdicts { get; } = new();

    public long Read { get; private set; }

    public int Imported => Verdicts.Imported;

    public long Merged { get; private set; }

    public long Rejected { get; private set; }

    public long LeftOutValues { get; private set; }

    public long RoleAddresses { get; private set; }

    public long WithoutCountry { get; private set; }

    public int Accounts => _accounts.Count;

    public FaultCounts RejectedBy { get; } = new();

    public FaultCounts AdjustedBy { get; } = new();

    public List<RowFault> FirstFaults { get; } = [];

    public ExamplePicker Examples { get; } = new();

    public async Task TakeAsync(ContactRow row)
    {
        Read++;
        if (_parser.Parse(row) is not { } contact)
        {
            if (row.Malformed is null && header.Cell(row.Cells, ContactColumns.ContactId) is { } id)
            {
                Verdicts.RejectId(id);
            }

            await RejectAsync(row, [.. _parser.Faults.Where(fault => fault.RejectsRow)]);
            return;
        }

        var verdict = _duplicates.Add(contact);
        if (verdict.Reason is not null)
        {
            Verdicts.Reject(contact, verdict);
            await RejectAsync(row, [new RowFault(row.Line, verdict.Field!, verdict.Reason, RejectsRow: true)]);
            return;
        }

        foreach (var fault in _parser.Faults)
        {
            LeftOutValues++;
            await AdjustAsync(fault);
        }

        if (verdict.Merges)
        {
            Merged++;
            Verdicts.Merge(contact, verdict.FirstLine!.Value);
            await AdjustAsync(new RowFault(row.Line, ContactColumns.Email, $"The row of line {verdict.FirstLine} has the same e-mail address, account and name: merged into it. Its values stand; what it lacked, and the later activity, was taken from here.", RejectsRow: false));
            return;
        }

        Import(contact);
    }

    private void Import(Contact contact)
    {
        Verdicts.Imported++;
        _accounts.Add(contact.AccountId);
        RoleAddresses += contact.Email.IsRoleAddress ? 1 : 0;
        WithoutCountry += contact.Country is null ? 1 : 0;
        Examples.Offer(contact);
    }

    private async Task RejectAsync(ContactRow row, IReadOnlyList<RowFault> faults)
    {
        Rejected++;
        for (var i = 0; i < faults.Count; i++)
        {
            Keep(faults[i], RejectedBy);
            await rejectedFile.AddAsync(faults[i], i == 0 ? row.Raw : "");
        }
    }

    private async Task AdjustAsync(RowFault fault)
    {
        Keep(fault, AdjustedBy);
        await adjustedFile.AddAsync(fault);
    }

    private void Keep(RowFault fault, FaultCounts counts)
    {
        counts.Add(fault);
        if (FirstFaults.Count < FirstFaultsKept)
        {
            FirstFaults.Add(fault);
        }
    }
}
