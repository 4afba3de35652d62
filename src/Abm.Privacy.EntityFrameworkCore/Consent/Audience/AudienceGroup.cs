using Abm.Privacy.Consent;

namespace Abm.Privacy.EntityFrameworkCore.Consent.Audience;

/// <summary>Rows of one jurisdiction with the same mask.</summary>
internal sealed class AudienceGroup
{
    public string? Place { get; init; }

    public long Word0 { get; init; }

    public long Word1 { get; init; }

    public long Word2 { get; init; }

    public long Word3 { get; init; }

    public long Rows { get; init; }

    public RuleMask Mask => new(Word0, Word1, Word2, Word3);
}
