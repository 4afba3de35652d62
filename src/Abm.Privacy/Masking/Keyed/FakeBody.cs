using System.Security.Cryptography;
using Abm.Privacy.Cryptography;

namespace Abm.Privacy.Masking.Keyed;

/// <summary>The fakes of one field.</summary>
internal sealed class FakeBody : IKeyedMask
{
    private const int SuffixBytes = 16;
    private const int MaxDigits = 18;

    private readonly KeyedHash _hash;
    private readonly NumberPermutation? _numbers;
    private readonly FakeTemplate _template;
    private readonly FakeUniqueness _uniqueness;

    public FakeBody(MaskingKey key, string field, FakeTemplate template, FakeUniqueness uniqueness, MaskNormalization normalization)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(template);
        ThrowIfImpossible(template, uniqueness);
        (_template, _uniqueness, Normalization) = (template, uniqueness, normalization);

        // the identity may be longer than a part of a key's context, and its digest is as good
        var identity = Convert.ToHexStringLower(SHA256.HashData(StrictUtf8.Encoding.GetBytes(template.Identity)));
        var version = $"v1:{KeyedNames.Of(normalization)}:{identity}";
        _hash = new KeyedHash(key, "fake/" + template.Name, version, field);
        _numbers = uniqueness == FakeUniqueness.Numbered
            ? new NumberPermutation(key.GetFf1("fake-number/" + template.Name, version, 2, field), template.Count)
            : null;
        MaxOutput = template.Parts.Sum(part => part.Kind switch
        {
            FakePartKind.Literal => part.Text.Length,
            FakePartKind.Word => part.Dictionary!.Longest,
            _ => uniqueness == FakeUniqueness.Suffixed ? 1 + 2 * SuffixBytes : 0,
        });
    }

    public int MaxOutput { get; }

    public MaskNormalization Normalization { get; }

    public bool IsReversible => _numbers is not null;

    public bool TryWrite(scoped in KeyedValue value, Span<byte> destination, out int written)
    {
        Span<byte> hash = stackalloc byte[KeyedHash.Size];
        hash.Clear();
        written = 0;
        long fake;
        if (_numbers is null)
        {
            _hash.Compute(value, hash);
            fake = (long)_hash.Below((ulong)_template.Count, hash);
        }
        else
        {
            _hash.ThrowIfDisposed();
            if (!TryReadNumber(value.Bytes, out var number) || number >= _template.Count)
            {
                return false;
            }

            fake = _numbers.Permute(number);
        }

        written = Write(fake, hash[^SuffixBytes..], destination);
        return true;
    }

    private int Write(long fake, ReadOnlySpan<byte> suffix, Span<byte> destination)
    {
        var written = 0;
        foreach (var part in _template.Parts)
        {
            switch (part.Kind)
            {
                case FakePartKind.Literal:
                    part.Text.CopyTo(destination[written..]);
                    written += part.Text.Length;
                    break;
                case FakePartKind.Word:
                    (fake, var index) = Math.DivRem(fake, part.Dictionary!.Count);
                    var word = part.Dictionary[(int)index];
                    word.CopyTo(destination[written..]);
                    written += word.Length;
                    break;
                case FakePartKind.Unique when _uniqueness == FakeUniqueness.Suffixed:
                    destination[written++] = (byte)'-';
                    Convert.TryToHexStringLower(suffix, destination[written..], out var digits);
                    written += digits;
                    break;
                default:
                    break; // no suffix was asked for
            }
        }

        return written;
    }

    /// <summary>Reads a number without zeroes before it, so that two texts are never one number.</summary>
    private static bool TryReadNumber(ReadOnlySpan<byte> text, out long number)
    {
        number = 0;
        if (text.Length > MaxDigits || text.ContainsAnyExceptInRange((byte)'0', (byte)'9') || (text.Length > 1 && text[0] == '0'))
        {
            return false;
        }

        foreach (var digit in text)
        {
            number = 10 * number + digit - '0';
        }

        return true;
    }

    private static void ThrowIfImpossible(FakeTemplate template, FakeUniqueness uniqueness)
    {
        switch (uniqueness)
        {
            case FakeUniqueness.Shared:
                break;
            case FakeUniqueness.Suffixed when !template.HasSuffix:
                throw new ArgumentException("The template has no place for a suffix. Write {unique} into its pattern, or use another template.", nameof(template));
            case FakeUniqueness.Suffixed:
                break;
            case FakeUniqueness.Numbered when template.Count < Ff1.MinDomain:
                throw new ArgumentException($"The template has {template.Count} fakes; to permute numbers it takes at least {Ff1.MinDomain}. Use one with more or larger dictionaries.", nameof(template));
            case FakeUniqueness.Numbered when !template.IsInjective:
                throw new ArgumentException("Two choices of words of the template may give one text. Put a character between words that none of them holds.", nameof(template));
            case FakeUniqueness.Numbered:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(uniqueness), uniqueness, "There is no such uniqueness. Use Shared, Suffixed or Numbered.");
        }
    }
}
