using System.Buffers;
using System.IO.Pipelines;
using Abm.Privacy.Classification;
using Abm.Privacy.Masking.Characters;
using Abm.Privacy.Masking.Json.Engines;
using Abm.Privacy.Masking.Json.Rules;

namespace Abm.Privacy.Masking.Json;

/// <summary>
/// Masks values of JSON documents by rules and leaves every other byte as it is. Immutable and safe for concurrent use; the
/// span method does not allocate.
/// </summary>
/// <remarks>
/// <para>
/// A string is masked as its text, with escapes resolved; a number is masked as its text and becomes a string; <c>null</c>
/// stays. An object, an array, <c>true</c> and <c>false</c> lose the whole value: what stands for it is what the mask writes
/// for a text that it cannot read, <c>"***"</c> with most masks. Of duplicate names each value is masked, and a name that is
/// written with escapes is the name that it means.
/// </para>
/// <para>
/// A document is masked whole or not at all: nothing is passed on before all of it has passed what its engine checks. Only
/// <see cref="JsonMaskingEngine.Validating"/> proves it well formed; what <see cref="JsonMaskingEngine.Structural"/> leaves
/// unchecked is said there. A byte order mark at its start is passed on.
/// </para>
/// </remarks>
public sealed class JsonMasker
{
    internal static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private readonly RuleSet _rules;
    private readonly JsonMaskingEngine _engine;
    private readonly int _maxDepth;

    /// <summary>Creates a masker; data classes have their default masks.</summary>
    /// <param name="options">The rules; later changes have no effect.</param>
    /// <exception cref="ArgumentException">The options are not valid; the message lists every fault.</exception>
    public JsonMasker(JsonMaskingOptions options)
        : this(options, new Masker())
    {
    }

    /// <summary>Creates a masker.</summary>
    /// <param name="options">The rules; later changes have no effect.</param>
    /// <param name="masker">Has the masks of data classes.</param>
    /// <exception cref="ArgumentException">The options are not valid; the message lists every fault.</exception>
    public JsonMasker(JsonMaskingOptions options, IMasker masker)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(masker);
        var faults = JsonMaskingOptionsValidator.FindFaults(options);
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        _rules = new RuleSet(
            [
                .. options.Rules,
                .. options.ClassRules.Select(rule => new Rule(rule.Steps, JsonTreatment.Of(masker, rule.DataClass))),
                .. options.Masks.Select(rule => new Rule(PathParser.Parse(rule.Key), JsonTreatment.Of(MaskSpecification.Parse(rule.Value), rule.Value))),
                .. options.Classes.Select(rule => new Rule(PathParser.Parse(rule.Key), JsonTreatment.Of(masker, new DataClass(rule.Value)))),
            ],
            options.IgnoreCase);
        (_engine, _maxDepth, MaxDocumentBytes) = (options.Engine, options.MaxDepth, options.MaxDocumentBytes);
        Lines = new JsonLinesMasker(this, options.BrokenLineMarker);
    }

    /// <summary>Masks NDJSON, one document a line, by the same rules.</summary>
    public JsonLinesMasker Lines { get; }

    internal int MaxDocumentBytes { get; }

    /// <summary>Masks a document into memory of the caller, without allocation.</summary>
    /// <param name="utf8">The document in UTF-8.</param>
    /// <param name="destination">
    /// Receives the masked document. It may be longer than the document: by what masks add, such as <c>"***"</c> for a number
    /// of one digit.
    /// </param>
    /// <param name="bytesWritten">The number of bytes written; 0 unless the document was masked.</param>
    /// <returns>
    /// <see cref="OperationStatus.Done"/>; <see cref="OperationStatus.DestinationTooSmall"/>, so that a call with more room
    /// succeeds; or <see cref="OperationStatus.InvalidData"/> if the document is not well formed, not UTF-8, too deep or too
    /// large. Unless it is done, nothing of the document is left in the destination.
    /// </returns>
    /// <exception cref="ArgumentException">The destination overlaps the document.</exception>
    public OperationStatus Mask(ReadOnlySpan<byte> utf8, Span<byte> destination, out int bytesWritten)
    {
        if (utf8.Overlaps(destination))
        {
            throw new ArgumentException("The destination overlaps the document. Give memory of its own.", nameof(destination));
        }

        bytesWritten = 0;
        if (utf8.Length > MaxDocumentBytes)
        {
            return OperationStatus.InvalidData;
        }

        var output = JsonOutput.Into(destination);
        var outcome = Run(utf8, ref output);
        bytesWritten = output.Length;
        return outcome.Fault switch
        {
            JsonFault.None => OperationStatus.Done,
            JsonFault.DestinationTooSmall => OperationStatus.DestinationTooSmall,
            _ => OperationStatus.InvalidData,
        };
    }

    /// <summary>Masks a document.</summary>
    /// <param name="utf8">The document in UTF-8.</param>
    /// <param name="writer">Receives the masked document, or nothing if there is an error.</param>
    /// <exception cref="JsonMaskingException">The document is not well formed, not UTF-8, too deep or too large.</exception>
    public void Mask(ReadOnlySpan<byte> utf8, IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ThrowIfTooLarge(utf8.Length);
        var outcome = TryMask(utf8, writer);
        if (outcome.Fault != JsonFault.None)
        {
            throw JsonFaults.Of(outcome, 0, null);
        }
    }

    /// <summary>Masks a document that lies in several pieces of memory.</summary>
    /// <param name="utf8">The document in UTF-8.</param>
    /// <param name="writer">Receives the masked document, or nothing if there is an error.</param>
    /// <exception cref="JsonMaskingException">The document is not well formed, not UTF-8, too deep or too large.</exception>
    public void Mask(ReadOnlySequence<byte> utf8, IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (utf8.IsSingleSegment)
        {
            Mask(utf8.FirstSpan, writer);
            return;
        }

        ThrowIfTooLarge(utf8.Length);
        using var document = new ClearBuffer((int)utf8.Length);
        utf8.CopyTo(document.Free);
        document.Advance((int)utf8.Length);
        Mask(document.Written, writer);
    }

    /// <summary>Masks a document.</summary>
    /// <param name="json">The document.</param>
    /// <returns>The masked document.</returns>
    /// <exception cref="JsonMaskingException">
    /// The document is not well formed, too deep or too large, or holds half a surrogate pair.
    /// </exception>
    public string Mask(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (!Utf16Text.IsWellFormed(json))
        {
            throw new JsonMaskingException(PrivacyErrorCode.DocumentMalformed, "The document holds half a surrogate pair. Nothing of it was passed on.", 0, null);
        }

        ThrowIfTooLarge(StrictUtf8.Encoding.GetByteCount(json));
        using var document = new ClearBuffer(StrictUtf8.Encoding.GetByteCount(json));
        document.Advance(StrictUtf8.Encoding.GetBytes(json, document.Free));
        var output = JsonOutput.Growing([]);
        try
        {
            var outcome = Run(document.Written, ref output);
            return outcome.Fault == JsonFault.None ? StrictUtf8.Encoding.GetString(output.Written) : throw JsonFaults.Of(outcome, 0, null);
        }
        finally
        {
            output.Dispose();
        }
    }

    /// <summary>Masks the one document that a pipe holds. Neither end is completed.</summary>
    /// <param name="reader">The document in UTF-8, to the end of the pipe.</param>
    /// <param name="writer">Receives the masked document, or nothing if there is an error.</param>
    /// <param name="cancellationToken">Cancels reading and writing.</param>
    /// <returns>A task that ends when the masked document is written and flushed.</returns>
    /// <exception cref="JsonMaskingException">The document is not well formed, not UTF-8, too deep or too large.</exception>
    public async Task MaskAsync(PipeReader reader, PipeWriter writer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(writer);
        using var document = new ClearBuffer();
        while (await document.ReadAsync(reader, cancellationToken).ConfigureAwait(false))
        {
            ThrowIfTooLarge(document.Length);
        }

        ThrowIfTooLarge(document.Length);
        Mask(document.Written, writer);
        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Masks into a writer, if the document proves well formed.</summary>
    internal JsonOutcome TryMask(ReadOnlySpan<byte> utf8, IBufferWriter<byte> writer)
    {
        // masks seldom add much; where they do, the pool has room
        var destination = writer.GetSpan(Math.Max(utf8.Length + utf8.Length / 16, 1));
        if (utf8.Overlaps(destination))
        {
            throw new ArgumentException("The writer's memory overlaps the document. Give a writer with memory of its own.", nameof(writer));
        }

        var output = JsonOutput.Growing(destination);
        try
        {
            var outcome = Run(utf8, ref output);
            if (outcome.Fault == JsonFault.None)
            {
                if (output.HasGrown)
                {
                    writer.Write(output.Written);
                }
                else
                {
                    writer.Advance(output.Length);
                }
            }

            return outcome;
        }
        finally
        {
            output.Dispose();
        }
    }

    private JsonOutcome Run(ReadOnlySpan<byte> utf8, ref JsonOutput output)
    {
        var mark = utf8.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        if (!output.Append(utf8[..mark]))
        {
            return new JsonOutcome(JsonFault.DestinationTooSmall, 0);
        }

        var document = utf8[mark..];
        var outcome = (_engine, _rules.HasPaths) switch
        {
            (JsonMaskingEngine.Structural, false) => StructuralEngine.Run<Block64, NamesOnly>(_rules, _maxDepth, document, ref output),
            (JsonMaskingEngine.Structural, true) => StructuralEngine.Run<Block64, WithPaths>(_rules, _maxDepth, document, ref output),
            (_, false) => ValidatingEngine.Run<NamesOnly>(_rules, _maxDepth, document, ref output),
            (_, true) => ValidatingEngine.Run<WithPaths>(_rules, _maxDepth, document, ref output),
        };
        if (outcome.Fault != JsonFault.None)
        {
            output.Discard();
        }

        return outcome with { Offset = outcome.Offset + mark };
    }

    private void ThrowIfTooLarge(long length)
    {
        if (length > MaxDocumentBytes)
        {
            throw JsonFaults.TooLarge(MaxDocumentBytes, MaxDocumentBytes, null);
        }
    }
}
