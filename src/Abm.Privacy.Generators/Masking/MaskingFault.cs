using Microsoft.CodeAnalysis;

namespace Abm.Privacy.Generators.Masking;

/// <summary>Why a type gets no masking.</summary>
internal sealed class MaskingFault(string ruleId, SourcePlace? place, string what, string why) : IEquatable<MaskingFault>
{
    public SourcePlace? Place => place;

    /// <summary>The same fault, shown at another place if it has none of its own.</summary>
    public MaskingFault At(SourcePlace? other) => place is null ? new MaskingFault(ruleId, other, what, why) : this;

    public Diagnostic ToDiagnostic() => Diagnostic.Create(MaskingRules.ById(ruleId), place?.ToLocation() ?? Location.None, what, why);

    public bool Equals(MaskingFault? other) => other is not null && Key.Equals(other.Key);

    public override bool Equals(object? obj) => obj is MaskingFault other && Equals(other);

    public override int GetHashCode() => Key.GetHashCode();

    private (string, SourcePlace?, string, string) Key => (ruleId, place, what, why);
}
