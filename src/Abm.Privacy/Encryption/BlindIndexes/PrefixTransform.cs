using System.Globalization;

namespace Abm.Privacy.Encryption.BlindIndexes;

/// <summary>The first code points of a text, or the whole text where no length is given.</summary>
internal sealed class PrefixTransform(int? length) : IBlindIndexTransform<string>
{
    public const int MaxLength = 64;

    private const int Letters = 26;

    private readonly int _length = length ?? int.MaxValue;

    public string Id { get; } = length is null ? "text-v1" : string.Create(CultureInfo.InvariantCulture, $"prefix{length}-v1");

    /// <summary>Reckoned as letters of one case, which is what nearly all names begin with.</summary>
    public long? DomainSize { get; } = length is { } characters and <= 4 ? (long)Math.Pow(Letters, characters) : null;

    public int GetMaxLength(string value) => SearchText.GetMaxLength(value);

    public int Normalize(string value, Span<char> destination)
    {
        var text = destination[..SearchText.Normalize(value, destination)];
        var kept = 0;
        for (var runes = 0; runes < _length && kept < text.Length; runes++)
        {
            kept += char.IsHighSurrogate(text[kept]) ? 2 : 1;
        }

        // a prefix that ends in a space would not be the prefix of the same text written to that point
        return kept > 0 && text[kept - 1] == ' ' ? kept - 1 : kept;
    }
}
