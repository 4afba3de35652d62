using System.Text;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Keyed;

/// <summary>The words of one place of a fake, such as first names. Immutable.</summary>
/// <remarks>
/// Its version belongs to the key: with another version every fake is another one. Raise it whenever a word is added, removed or moved;
/// otherwise a part of the fakes changes silently, and tables of before and after no longer join.
/// </remarks>
public sealed class FakeWordList
{
    /// <summary>The greatest number of words.</summary>
    public const int MaxWords = 1_000_000;

    /// <summary>The greatest length of a word in bytes of UTF-8.</summary>
    public const int MaxWordBytes = 64;

    private readonly byte[][] _words;

    /// <summary>Creates a dictionary.</summary>
    /// <param name="name">1 to 32 bytes of UTF-8; see the remarks on <see cref="Version"/>.</param>
    /// <param name="version">From 1; see the remarks.</param>
    /// <param name="words">2 to <see cref="MaxWords"/> different words of 1 to <see cref="MaxWordBytes"/> bytes of UTF-8, without control characters.</param>
    /// <exception cref="ArgumentException">The name, the version or a word is not valid; or a word stands twice, so that it would be more likely than others.</exception>
    public FakeWordList(string name, int version, IEnumerable<string> words)
    {
        OpaqueId.ThrowIfInvalid(name, nameof(name), maxBytes: 32);
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        ArgumentNullException.ThrowIfNull(words);
        (Name, Version) = (name, version);
        _words = [.. words.Select(Check)];
        if (_words.Length is < 2 or > MaxWords)
        {
            throw new ArgumentException($"A dictionary has 2 to {MaxWords} words, not {_words.Length}.", nameof(words));
        }

        if (_words.Distinct(ByteComparer.Instance).Count() != _words.Length)
        {
            throw new ArgumentException("A word stands twice, so that it would be more likely than others. Remove one.", nameof(words));
        }

        Longest = _words.Max(word => word.Length);
    }

    /// <summary>The name; it enters the keys of the fakes.</summary>
    public string Name { get; }

    /// <summary>The version; it enters the keys of the fakes.</summary>
    public int Version { get; }

    /// <summary>The number of words.</summary>
    public int Count => _words.Length;

    internal int Longest { get; }

    internal ReadOnlySpan<byte> this[int index] => _words[index];

    internal bool AnyContains(byte value) => Array.Exists(_words, word => word.Contains(value));

    private static byte[] Check(string? word)
    {
        if (string.IsNullOrEmpty(word) || !Utf16Text.IsWellFormed(word) || word.Any(char.IsControl) || Encoding.UTF8.GetByteCount(word) > MaxWordBytes)
        {
            throw new ArgumentException($"A word is empty, longer than {MaxWordBytes} bytes of UTF-8, or holds a control character or half a surrogate pair. Correct the list of words.", nameof(word));
        }

        return Encoding.UTF8.GetBytes(word);
    }

    private sealed class ByteComparer : IEqualityComparer<byte[]>
    {
        public static readonly ByteComparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj)
        {
            var hash = new HashCode();
            hash.AddBytes(obj);
            return hash.ToHashCode();
        }
    }
}
