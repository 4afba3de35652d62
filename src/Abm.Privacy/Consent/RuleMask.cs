using System.Globalization;

namespace Abm.Privacy.Consent;

/// <summary>
/// Which rules of a <see cref="ConsentProgram"/> hold for one row and which may hold, a bit each. It means something only together
/// with the program that made it. The first bit of the first word says that a provider of facts failed.
/// </summary>
/// <param name="Word0">The first 64 bits.</param>
/// <param name="Word1">The second 64 bits; 0 where the program needs fewer.</param>
/// <param name="Word2">The third 64 bits.</param>
/// <param name="Word3">The last 64 bits.</param>
public readonly record struct RuleMask(long Word0, long Word1 = 0, long Word2 = 0, long Word3 = 0)
{
    /// <summary>The most words that a mask has.</summary>
    public const int MaxWords = 4;

    /// <summary>The mask of a row whose facts could not all be read: it denies.</summary>
    public static RuleMask FactError { get; } = new(1);

    /// <summary>One word.</summary>
    /// <param name="word">0 to 3.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such word.</exception>
    public long this[int word] => word switch
    {
        0 => Word0,
        1 => Word1,
        2 => Word2,
        3 => Word3,
        _ => throw new ArgumentOutOfRangeException(nameof(word), word, "A mask has the words 0 to 3."),
    };

    /// <summary>The words in hexadecimal, the first one first.</summary>
    /// <returns>For example <c>0000000000000012</c>.</returns>
    public override string ToString()
    {
        var words = new[] { Word0, Word1, Word2, Word3 };
        var last = Math.Max(0, Array.FindLastIndex(words, word => word != 0));
        return string.Join('-', words[..(last + 1)].Select(word => word.ToString("x16", CultureInfo.InvariantCulture)));
    }

    internal static RuleMask Of(ReadOnlySpan<long> words)
    {
        Span<long> all = stackalloc long[MaxWords];
        words.CopyTo(all);
        return new RuleMask(all[0], all[1], all[2], all[3]);
    }

    internal bool Has(int word, int bit) => ((this[word] >> bit) & 1) != 0;
}
