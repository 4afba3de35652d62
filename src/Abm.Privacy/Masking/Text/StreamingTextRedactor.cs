using System.Buffers;
using Abm.Privacy.Masking.Characters;
using Abm.Privacy.Masking.Text.Scanning;

namespace Abm.Privacy.Masking.Text;

/// <summary>
/// Redacts a UTF-16 text that arrives in pieces. It holds back raw text that a later piece may decide, at most about 130,000
/// characters, so that the output is the same wherever the pieces end. For one text; not safe for concurrent use.
/// </summary>
public sealed class StreamingTextRedactor
{
    private readonly RedactionStream<char, Utf16Text> _stream;

    /// <summary>Creates a redactor for one text.</summary>
    /// <param name="redactor">What is found, and what is written instead.</param>
    public StreamingTextRedactor(TextRedactor redactor)
    {
        ArgumentNullException.ThrowIfNull(redactor);
        _stream = new RedactionStream<char, Utf16Text>(redactor);
    }

    /// <summary>Takes the next piece, and writes what is decided by it.</summary>
    /// <param name="piece">The piece; it may end anywhere, in the middle of a character too.</param>
    /// <param name="output">Receives the redacted text.</param>
    /// <exception cref="InvalidOperationException">The text was completed.</exception>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.DocumentTooLarge"/>: with patterns of one's own, a line is longer than 1,048,576 characters. Nothing of the line was written.</exception>
    public void Append(ReadOnlySpan<char> piece, IBufferWriter<char> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        _stream.Append(piece, output);
    }

    /// <summary>Ends the text, and writes what is left of it.</summary>
    /// <param name="output">Receives the redacted text.</param>
    /// <exception cref="InvalidOperationException">The text was completed before.</exception>
    public void Complete(IBufferWriter<char> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        _stream.Complete(output);
    }
}
