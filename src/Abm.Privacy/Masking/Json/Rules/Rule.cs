namespace Abm.Privacy.Masking.Json.Rules;

/// <summary>A path that parsed, and what becomes of the values it reaches.</summary>
internal readonly record struct Rule(PathStep[] Steps, JsonTreatment Treatment)
{
    /// <summary>Whether the rule is a name at any depth, which needs no path.</summary>
    public bool IsPlainName => Steps is [{ Descends: true, Name: not null }];
}
