using Abm.Privacy.Masking.Characters;
using Abm.Privacy.Masking.Checks;

namespace Abm.Privacy.Masking;

/// <summary>
/// Masks a postcode down to its area, by the rule of its country: with <c>DE</c>, <c>10115</c> becomes <c>10***</c>.
/// </summary>
/// <remarks>
/// Shown is what names an area of about 20,000 people or more in every case: the area letters of a British postcode, the
/// first three digits of a US one unless they are among the small areas of the HIPAA rule (45 CFR 164.514(b)(2)(i)(B)), the
/// first one or two characters elsewhere. A postcode that does not have its country's form is masked whole as <c>***</c>, and so
/// is every postcode of a country without a rule. Letters are shown in upper case.
/// </remarks>
public readonly struct PostcodeMask : IMask, IAsciiForm
{
    private readonly PostcodeRule[]? _rules;

    /// <summary>Creates a mask.</summary>
    /// <param name="country">The country, as its two letters of ISO 3166-1 (<c>UK</c> means <c>GB</c>).</param>
    /// <exception cref="ArgumentException">These are not two letters.</exception>
    public PostcodeMask(string country)
    {
        _rules = PostcodeRule.Find(country);
        Country = country.ToUpperInvariant();
    }

    /// <summary>The country; null in the default value of this type, which shows nothing.</summary>
    public string? Country { get; }

    /// <inheritdoc/>
    public MaskTraits Traits => MaskTraits.HidesLength | MaskTraits.Deterministic;

    /// <inheritdoc/>
    public int GetMaxLength(int sourceLength) => AsciiForm.Bound(sourceLength, PostcodeRule.MaxMasked);

    /// <inheritdoc/>
    public bool TryMask(ReadOnlySpan<char> source, Span<char> destination, out int charsWritten) =>
        AsciiForm.TryMask<char, Utf16Text, PostcodeMask>(source, destination, this, out charsWritten);

    /// <inheritdoc/>
    public bool TryMask(ReadOnlySpan<byte> utf8, Span<byte> destination, out int bytesWritten) =>
        AsciiForm.TryMask<byte, Utf8Text, PostcodeMask>(utf8, destination, this, out bytesWritten);

    bool IAsciiForm.TryWrite(ReadOnlySpan<byte> value, Span<byte> masked, out int length) =>
        PostcodeRule.TryWriteArea(_rules, value, masked, out length);
}
