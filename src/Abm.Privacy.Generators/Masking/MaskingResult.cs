namespace Abm.Privacy.Generators.Masking;

/// <summary>What comes of one classified type: the files of it and of all that it holds, or why there are none.</summary>
internal sealed class MaskingResult(EquatableList<MaskedSource> sources, EquatableList<MaskingFault> faults) : IEquatable<MaskingResult>
{
    public static MaskingResult None { get; } = new(EquatableList<MaskedSource>.Empty, EquatableList<MaskingFault>.Empty);

    public EquatableList<MaskedSource> Sources => sources;

    public EquatableList<MaskingFault> Faults => faults;

    public bool Equals(MaskingResult? other) => other is not null && sources.Equals(other.Sources) && faults.Equals(other.Faults);

    public override bool Equals(object? obj) => obj is MaskingResult other && Equals(other);

    public override int GetHashCode() => unchecked((sources.GetHashCode() * 31) + faults.GetHashCode());
}
