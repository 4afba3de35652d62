using System.Runtime.CompilerServices;
using System.Text;
using Abm.Privacy.Masking.Characters;

namespace Abm.Privacy.Masking.Json.Rules;

/// <summary>
/// Finds, in 64 bytes at once, the strings that have the length of one of the names and start with a letter of one of them.
/// Everything else needs no look.
/// </summary>
internal readonly struct NameFilter
{
    private const int MaxLength = 63;
    private const int MaxLengths = 12;

    private readonly int[] _lengths;
    private readonly AsciiSet64 _firsts;

    public NameFilter(IReadOnlyList<string> names, bool ignoreCase)
    {
        var lengths = names.Select(Encoding.UTF8.GetByteCount).Distinct().Order().ToArray();

        // case beyond ASCII may change the length in bytes
        IsUsable = lengths.Length is > 0 and <= MaxLengths && lengths[0] > 0 && lengths[^1] <= MaxLength
            && names.All(name => char.IsAscii(name[0]) && name[0] != 0 && (!ignoreCase || Ascii.IsValid(name)));
        _lengths = IsUsable ? lengths : [];
        if (IsUsable)
        {
            _firsts = new AsciiSet64(string.Concat(names.Select(name => ignoreCase ? $"{char.ToLowerInvariant(name[0])}{char.ToUpperInvariant(name[0])}" : $"{name[0]}")));
        }
    }

    /// <summary>Whether the filter knows the names; if not, each name must be looked at.</summary>
    public bool IsUsable { get; }

    /// <summary>The closing quotes of the strings that may be one of the names. A string with escapes may be missed.</summary>
    /// <param name="block">The block.</param>
    /// <param name="openQuotes">Its opening quotes.</param>
    /// <param name="closeQuotes">Its closing quotes.</param>
    /// <param name="open">1 if an opening quote ends the block before; becomes the same for the next block.</param>
    /// <param name="starts">The strings that started in the block before; becomes those of this block.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Find<TBlock>(in TBlock block, ulong openQuotes, ulong closeQuotes, ref ulong open, ref ulong starts)
        where TBlock : struct, IBlock64<TBlock>
    {
        var here = (openQuotes << 1 | open) & block.In(in _firsts);
        var found = 0UL;
        foreach (var length in _lengths)
        {
            found |= here << length | starts >>> (64 - length);
        }

        open = openQuotes >>> 63;
        starts = here;
        return found & closeQuotes;
    }
}
