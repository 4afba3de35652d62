using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking;

/// <summary>
/// Shows the values of a class that an application declared to be no personal data. Deliberately not a mask: code that
/// asks for a mask can never get this by accident. Invalid Unicode is masked whole here too.
/// </summary>
internal sealed class ClearTreatment : Treatment
{
    public override MaskTraits Traits => MaskTraits.PreservesLength | MaskTraits.Deterministic | MaskTraits.Idempotent;

    public override string Mask(string? value) =>
        value is null ? "" : Utf16Text.IsWellFormed(value) ? value : Stars.Text;

    public override int GetMaxLength(int sourceLength) => Math.Max(Stars.Bound(sourceLength, 0), Stars.Count);

    public override bool TryMask(ReadOnlySpan<char> source, Span<char> destination, out int written) =>
        TryMask<char, Utf16Text>(source, destination, out written);

    public override bool TryMask(ReadOnlySpan<byte> source, Span<byte> destination, out int written) =>
        TryMask<byte, Utf8Text>(source, destination, out written);

    private static bool TryMask<TUnit, TText>(ReadOnlySpan<TUnit> source, Span<TUnit> destination, out int written)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        if (!TText.IsWellFormed(source))
        {
            return Stars.TryWrite<TUnit, TText>(destination, out written);
        }

        var copied = source.TryCopyTo(destination);
        written = copied ? source.Length : 0;
        return copied;
    }
}
