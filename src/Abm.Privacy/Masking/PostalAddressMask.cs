using Abm.Privacy.Masking.Characters;
using Abm.Privacy.Masking.Checks;

namespace Abm.Privacy.Masking;

/// <summary>
/// Masks a postal address: with <c>DE</c>, <c>Torstraße 1, 10115 Berlin</c> becomes <c>10***</c>; without a country, <c>***</c>.
/// </summary>
/// <remarks>
/// Shown is the area of the address's postcode, as <see cref="PostcodeMask"/> shows it; never a name, a street, a number or a
/// town. The postcode is what stands alone between spaces, commas and line breaks in the form of the country. An address in
/// which nothing, or more than one thing, has that form is masked whole as <c>***</c>; so is one of more than 500 characters,
/// or one that is not valid Unicode. Without a postcode, a house number of that form alone would be taken for it.
/// </remarks>
public readonly struct PostalAddressMask : IMask
{
    private const int MaxChars = 500;

    private readonly PostcodeRule[]? _rules;

    /// <summary>Creates a mask.</summary>
    /// <param name="country">The country, as its two letters of ISO 3166-1 (<c>UK</c> means <c>GB</c>).</param>
    /// <exception cref="ArgumentException">These are not two letters.</exception>
    public PostalAddressMask(string country)
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
        TryMask<char, Utf16Text>(source, destination, out charsWritten);

    /// <inheritdoc/>
    public bool TryMask(ReadOnlySpan<byte> utf8, Span<byte> destination, out int bytesWritten) =>
        TryMask<byte, Utf8Text>(utf8, destination, out bytesWritten);

    private bool TryMask<TUnit, TText>(ReadOnlySpan<TUnit> source, Span<TUnit> destination, out int written)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        written = 0;
        if (source.IsEmpty)
        {
            return true;
        }

        Span<byte> area = stackalloc byte[PostcodeRule.MaxMasked];
        if (_rules is null || !TryFindArea<TUnit, TText>(source, area, out var length))
        {
            return Stars.TryWrite<TUnit, TText>(destination, out written);
        }

        if (destination.Length < length)
        {
            return false;
        }

        for (var i = 0; i < length; i++)
        {
            destination[i] = TText.Unit((char)area[i]);
        }

        written = length;
        return true;
    }

    private bool TryFindArea<TUnit, TText>(ReadOnlySpan<TUnit> address, Span<byte> area, out int length)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        Span<byte> candidate = stackalloc byte[PostcodeRule.MaxLength];
        var found = 0;
        length = 0;
        if (!TText.IsWellFormed(address) || !TText.HasAtMost(address, MaxChars))
        {
            return false;
        }

        // a candidate is one word, or two with one space between them
        for (var start = 0; start < address.Length; start++)
        {
            if (start > 0 && !IsGap(TText.Value(address[start - 1])))
            {
                continue;
            }

            for (var end = start + 1; end <= Math.Min(address.Length, start + candidate.Length); end++)
            {
                var isWord = end == address.Length || IsGap(TText.Value(address[end]));
                if (isWord && AsciiForm.TryNarrow<TUnit, TText>(address[start..end], candidate)
                    && PostcodeRule.Fits(_rules, candidate[..(end - start)], out var rule))
                {
                    if (++found > 1 || !rule.TryWrite(candidate, area, out length))
                    {
                        return false;
                    }
                }
            }
        }

        return found == 1;
    }

    private static bool IsGap(int c) => c is ' ' or ',' or '\n' or '\r';
}
