namespace Abm.Privacy.Consent.Language;

/// <summary>When a policy may decide: from the first moment up to and not including the last.</summary>
internal readonly record struct EffectivePeriod(DateTimeOffset? From, DateTimeOffset? To)
{
    public bool Contains(DateTimeOffset moment) => !(moment < From) && !(moment >= To);

    public bool IsEmpty => From >= To;

    /// <summary>When both may decide: a policy outside its dates has nothing to say, so its rules cannot be left out of a decision either.</summary>
    public EffectivePeriod And(EffectivePeriod other) => new(Later(From, other.From), Earlier(To, other.To));

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b : a;

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b : a;
}
