using Abm.Privacy.Consent;

namespace Abm.Privacy.EntityFrameworkCore.Consent.Audience;

/// <summary>A row with all its facts, for the engine.</summary>
internal sealed class FactsRow<TKey>
{
    public required TKey Key { get; init; }

    public required ConsentFacts Facts { get; init; }
}
