using Abm.Privacy.Masking.Text.Scanning;

namespace Abm.Privacy.Masking.Text;

/// <summary>
/// Finds personal data and secrets in text: e-mail addresses, phone and card numbers, national identifiers, keys. It reads
/// UTF-16 and UTF-8 alike, in one pass, in time linear in the text and without allocating. Immutable and safe for
/// concurrent use.
/// </summary>
/// <remarks>
/// Overlaps are settled for good: the leftmost match wins, of those the longest, then the surest. A word such as "phone"
/// before a number raises what is unsure, and never hides what is sure. To replace what is found use <see cref="TextRedactor"/>.
/// </remarks>
public sealed class TextScanner
{
    /// <summary>Creates a scanner that finds every kind.</summary>
    public TextScanner()
        : this(new TextScannerOptions())
    {
    }

    /// <summary>Creates a scanner.</summary>
    /// <param name="options">What to look for; later changes have no effect.</param>
    /// <exception cref="ArgumentException">The options are not valid; the message lists every fault.</exception>
    public TextScanner(TextScannerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (TextScannerOptionsValidator.FindFaults(options) is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        Plan = new ScanPlan(options);
    }

    /// <summary>A scanner that finds every kind.</summary>
    public static TextScanner Default { get; } = new();

    internal ScanPlan Plan { get; }

    /// <summary>Finds what a text holds, while it is enumerated.</summary>
    /// <param name="text">The text. Half a surrogate pair ends a word.</param>
    /// <returns>The matches, in the order of the text; they do not overlap. Use it in <c>foreach</c>.</returns>
    public TextMatches Scan(ReadOnlySpan<char> text) => new(text, Plan);

    /// <summary>Finds what a UTF-8 text holds, while it is enumerated.</summary>
    /// <param name="utf8">The text. Bytes that are not UTF-8 end a word.</param>
    /// <returns>The matches, with offsets in bytes.</returns>
    public Utf8TextMatches Scan(ReadOnlySpan<byte> utf8) => new(utf8, Plan);

    /// <summary>Whether a text holds anything.</summary>
    /// <param name="text">The text.</param>
    /// <returns>True at the first match.</returns>
    public bool Finds(ReadOnlySpan<char> text) => Scan(text).MoveNext();

    /// <summary>Whether a UTF-8 text holds anything.</summary>
    /// <param name="utf8">The text.</param>
    /// <returns>True at the first match.</returns>
    public bool Finds(ReadOnlySpan<byte> utf8) => Scan(utf8).MoveNext();
}
