using Abm.Privacy.Consent;

namespace Abm.Privacy.EntityFrameworkCore.Consent.Audience;

/// <summary>An audience without the type of its rows.</summary>
internal interface IAudienceSource<TKey>
{
    Task<DecisionCounts> CountAsync(CancellationToken cancellationToken);

    IAsyncEnumerable<AudienceDecision<TKey>> DecideAsync(bool onlyPermitted, CancellationToken cancellationToken);

    IAsyncEnumerable<TKey> PermittedKeysAsync(CancellationToken cancellationToken);
}
