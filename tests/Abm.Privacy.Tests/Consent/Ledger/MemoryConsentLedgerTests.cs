using Abm.Privacy.Consent.Ledger;

namespace Abm.Privacy.Tests.Consent.Ledger;

public sealed class MemoryConsentLedgerTests : ConsentLedgerContract
{
    protected override ValueTask<IConsentLedger> CreateAsync(PurposeCatalog purposes) =>
        ValueTask.FromResult<IConsentLedger>(new MemoryConsentLedger(purposes, Hasher, Time));
}
