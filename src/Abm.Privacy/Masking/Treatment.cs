namespace Abm.Privacy.Masking;

/// <summary>
/// What a masker does with the values of a class: a mask behind one virtual call, or, where an application declared a
/// class to be no personal data, nothing.
/// </summary>
internal abstract class Treatment
{
    public static Treatment Erase { get; } = Of(Masking.Mask.Erase);

    /// <summary>Whether the classes below the one that has this treatment get it too.</summary>
    public bool CoversBelow { get; init; } = true;

    /// <summary>What the mask states of itself.</summary>
    public abstract MaskTraits Traits { get; }

    /// <summary>Whether a JSON document or an object gets null in a value's place; a text gets the empty text then.</summary>
    public bool WritesNull => (Traits & MaskTraits.WritesNull) != 0;

    public static Treatment Of<TMask>(TMask mask)
        where TMask : struct, IMask =>
        new MaskTreatment<TMask>(mask);

    public abstract string Mask(string? value);

    public abstract int GetMaxLength(int sourceLength);

    public abstract bool TryMask(ReadOnlySpan<char> source, Span<char> destination, out int written);

    public abstract bool TryMask(ReadOnlySpan<byte> source, Span<byte> destination, out int written);
}
