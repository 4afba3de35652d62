using Abm.Privacy.Consent;

namespace Abm.Privacy.EntityFrameworkCore.Consent.Audience;

/// <summary>What comes back for one row: its key, its jurisdiction and the mask. The computed columns are named after the members.</summary>
internal sealed class AudienceRow<TKey>
{
    public required TKey Key { get; init; }

    public string? Place { get; init; }

    public long Word0 { get; init; }

    public long Word1 { get; init; }

    public long Word2 { get; init; }

    public long Word3 { get; init; }

    public RuleMask Mask => new(Word0, Word1, Word2, Word3);
}
