using System.Buffers;
using System.IO.Pipelines;
using Abm.Privacy.Masking.Characters;
using Abm.Privacy.Masking.Text.Scanning;

namespace Abm.Privacy.Masking.Text;

/// <summary>
/// Replaces what a <see cref="TextScanner"/> finds. What comes out is valid Unicode: half a surrogate pair, or bytes that
/// are not UTF-8, become U+FFFD. Immutable and safe for concurrent use.
/// </summary>
public sealed class TextRedactor
{
    private readonly Treatment?[] _treatments = new Treatment?[(int)Enum.GetValues<TextKind>().Max() + 1];

    /// <summary>Creates a redactor that writes the name of what it found, such as <c>[email]</c>.</summary>
    public TextRedactor()
        : this(TextScanner.Default)
    {
    }

    /// <summary>Creates a redactor.</summary>
    /// <param name="scanner">What finds.</param>
    /// <param name="options">What is written instead; null for the names. Later changes have no effect.</param>
    /// <exception cref="ArgumentException">The options are not valid; the message lists every fault.</exception>
    public TextRedactor(TextScanner scanner, TextRedactorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(scanner);
        Scanner = scanner;
        options ??= new TextRedactorOptions();
        if (TextRedactorOptionsValidator.FindFaults(options) is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        foreach (var kind in Enum.GetValues<TextKind>().Where(kind => kind != TextKind.Custom))
        {
            _treatments[(int)kind] = Treatment.Of(Mask.Constant(TextLabels.Of(kind)));
        }

        foreach (var (kind, text) in options.Masks)
        {
            _treatments[(int)kind] = MaskSpecification.Parse(text);
        }

        foreach (var (kind, treatment) in options.Treatments)
        {
            _treatments[(int)kind] = treatment;
        }
    }

    /// <summary>A redactor that finds every kind and writes the names of what it found.</summary>
    public static TextRedactor Default { get; } = new();

    /// <summary>What finds.</summary>
    public TextScanner Scanner { get; }

    /// <summary>Redacts a text.</summary>
    /// <param name="text">The text; null is treated as empty.</param>
    /// <returns>The text without what was found; the same instance if nothing was.</returns>
    public string Redact(string? text)
    {
        if (string.IsNullOrEmpty(text) || (Utf16Text.IsWellFormed(text) && !Scanner.Finds(text)))
        {
            return text ?? "";
        }

        var output = new ArrayBufferWriter<char>(text.Length + 32);
        Redact(text, output);
        return new string(output.WrittenSpan);
    }

    /// <summary>Redacts a text into a writer.</summary>
    /// <param name="text">The text; its memory must not be the writer's.</param>
    /// <param name="output">Receives the text without what was found.</param>
    public void Redact(ReadOnlySpan<char> text, IBufferWriter<char> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        Redact<char, Utf16Text>(text, output);
    }

    /// <summary>Redacts a UTF-8 text into a writer.</summary>
    /// <param name="utf8">The text; its memory must not be the writer's.</param>
    /// <param name="output">Receives the text without what was found.</param>
    public void Redact(ReadOnlySpan<byte> utf8, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        Redact<byte, Utf8Text>(utf8, output);
    }

    /// <summary>
    /// Redacts a UTF-8 stream, such as a log file, in memory that does not grow with it. The output is the same as that of
    /// the text as a whole, wherever the stream's pieces end.
    /// </summary>
    /// <param name="input">The text.</param>
    /// <param name="output">Receives the text without what was found.</param>
    /// <param name="progress">Receives the number of bytes read so far, from time to time; null for none.</param>
    /// <param name="cancellationToken">Ends the work; what was written until then is redacted.</param>
    /// <returns>A task that ends when everything is written.</returns>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.DocumentTooLarge"/>: with patterns of one's own, a line is longer than 1 MiB.</exception>
    public async Task RedactAsync(Stream input, Stream output, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        var streaming = new StreamingUtf8TextRedactor(this);
        var writer = PipeWriter.Create(output, new StreamPipeWriterOptions(leaveOpen: true));
        var buffer = ArrayPool<byte>.Shared.Rent(StreamingUtf8TextRedactor.PieceLength);
        try
        {
            var total = 0L;
            while (await input.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var count and > 0)
            {
                streaming.Append(buffer.AsSpan(0, count), writer);
                await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
                progress?.Report(total += count);
            }

            streaming.Complete(writer);
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
            await writer.CompleteAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Writes what stands for a match.</summary>
    internal void Replace<TUnit, TText>(ReadOnlySpan<TUnit> value, TextMatch match, IBufferWriter<TUnit> output)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var treatment = _treatments[(int)match.Kind] ?? Treatment.Of(Mask.Constant(TextLabels.Of(match.Pattern!)));
        var span = output.GetSpan(treatment.GetMaxLength(value.Length));
        if (!TText.TryMask(treatment, value, span, out var written))
        {
            throw new InvalidOperationException($"The mask of {match.Kind} needs more room than its GetMaxLength states. Correct the mask.");
        }

        output.Advance(written);
    }

    private void Redact<TUnit, TText>(ReadOnlySpan<TUnit> text, IBufferWriter<TUnit> output)
        where TUnit : unmanaged, IEquatable<TUnit>
        where TText : struct, ITextEncoding<TUnit>
    {
        var matches = new MatchScan<TUnit, TText>(text, Scanner.Plan);
        var written = 0;
        while (matches.MoveNext())
        {
            var match = matches.Current;
            WellFormedCopy.Write<TUnit, TText>(text[written..match.Start], output);
            Replace<TUnit, TText>(text.Slice(match.Start, match.Length), match, output);
            written = match.End;
        }

        WellFormedCopy.Write<TUnit, TText>(text[written..], output);
    }
}
