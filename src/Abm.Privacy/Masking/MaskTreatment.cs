namespace Abm.Privacy.Masking;

internal sealed class MaskTreatment<TMask>(TMask mask) : Treatment
    where TMask : struct, IMask
{
    public override MaskTraits Traits => mask.Traits;

    public override string Mask(string? value) => Masking.Mask.Apply(value, mask);

    public override int GetMaxLength(int sourceLength) => mask.GetMaxLength(sourceLength);

    public override bool TryMask(ReadOnlySpan<char> source, Span<char> destination, out int written) =>
        mask.TryMask(source, destination, out written);

    public override bool TryMask(ReadOnlySpan<byte> source, Span<byte> destination, out int written) =>
        mask.TryMask(source, destination, out written);
}
