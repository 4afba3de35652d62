namespace Abm.Privacy.Consent;

/// <summary>One fact that would have to be another one.</summary>
/// <param name="Fact">The fact's name in policies, such as <c>consent.status</c>; <c>jurisdiction</c> for <see cref="ConsentFacts.Jurisdiction"/>.</param>
/// <param name="Value">What it would have to be: a code, a number, <c>true</c>, an instant in ISO 8601; null for "there is none".</param>
/// <param name="By">Who or what can make it so.</param>
public sealed record FactChange(string Fact, string? Value, ChangedBy By)
{
    /// <summary>The name of the pseudo-fact for whose law applies.</summary>
    public const string Jurisdiction = "jurisdiction";

    /// <summary>Fact, value and who changes it.</summary>
    /// <returns>For example <c>consent.status = granted (Person)</c>.</returns>
    public override string ToString() => $"{Fact} = {Value ?? "none"} ({By})";
}
