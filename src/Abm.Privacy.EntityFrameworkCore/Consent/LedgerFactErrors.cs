using Abm.Privacy.Consent;
using Abm.Privacy.Consent.Ledger;

namespace Abm.Privacy.EntityFrameworkCore.Consent;

/// <summary>The bits of <see cref="ConsentFacts.FactErrors"/> that the ledger's database sets beside <see cref="FactsProjector.BrokenAccountChain"/>. Each denies.</summary>
internal static class LedgerFactErrors
{
    /// <summary>A contact point without a row of facts.</summary>
    public const int NoFacts = 2;

    /// <summary>A contact point of another channel than the question's.</summary>
    public const int OtherChannel = 4;
}
