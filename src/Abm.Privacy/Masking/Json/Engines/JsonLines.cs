using System.Buffers;
using System.IO.Pipelines;

namespace Abm.Privacy.Masking.Json.Engines;

/// <summary>The lines of one input, as they arrive.</summary>
internal sealed class JsonLines(JsonMasker masker, byte[]? marker, long? total) : IDisposable
{
    /// <summary>After so many bytes progress is worth telling.</summary>
    public const int ReportedBytes = 1024 * 1024;

    private readonly ClearBuffer _input = new();

    /// <summary>How many bytes of what waits are known to hold no line feed.</summary>
    private int _searched;

    /// <summary>Whether the rest of a line is dropped that was too long.</summary>
    private bool _isSkipping;

    private long _lines;
    private long _broken;
    private long _consumed;

    public JsonLinesProgress Progress => new(_lines, _broken, _consumed, total);

    public ValueTask<bool> ReadAsync(PipeReader reader, CancellationToken cancellationToken) => _input.ReadAsync(reader, cancellationToken);

    /// <summary>Masks every line that has arrived whole.</summary>
    public void MaskWhole(IBufferWriter<byte> writer)
    {
        while (true)
        {
            var next = _input.Written[_searched..].IndexOf((byte)'\n');
            if (next < 0)
            {
                break;
            }

            var length = _searched + next;
            Mask(_input.Written[..length], writer);
            Consume(length + 1);
            writer.Write("\n"u8);
        }

        _searched = _input.Length;
        if (_isSkipping)
        {
            Consume(_input.Length);
        }
        else if (_input.Length > masker.MaxDocumentBytes)
        {
            Break(writer, JsonFaults.TooLarge(masker.MaxDocumentBytes, _consumed, _lines + 1));
            Consume(_input.Length);
            _isSkipping = true;
        }
    }

    /// <summary>Masks what stands behind the last line feed.</summary>
    public void MaskLast(IBufferWriter<byte> writer)
    {
        if (_input.Length > 0)
        {
            Mask(_input.Written, writer);
            Consume(_input.Length);
        }
    }

    public void Dispose() => _input.Dispose();

    private void Mask(ReadOnlySpan<byte> line, IBufferWriter<byte> writer)
    {
        if (_isSkipping)
        {
            // its marker is written
            _isSkipping = false;
            return;
        }

        if (line.Length > masker.MaxDocumentBytes)
        {
            Break(writer, JsonFaults.TooLarge(masker.MaxDocumentBytes, _consumed, _lines + 1));
            return;
        }

        if (line.IndexOfAnyExcept(" \t\r"u8) < 0 || (_lines == 0 && line.SequenceEqual(JsonMasker.ByteOrderMark)))
        {
            writer.Write(line);
            _lines++;
            return;
        }

        // a mark is no part of JSON; one document has it at its start, and the lines are one file
        var outcome = _lines > 0 && line.StartsWith(JsonMasker.ByteOrderMark) ? JsonOutcome.Malformed(0) : masker.TryMask(line, writer);
        if (outcome.Fault != JsonFault.None)
        {
            Break(writer, JsonFaults.Of(outcome, _consumed, _lines + 1));
            return;
        }

        _lines++;
    }

    private void Break(IBufferWriter<byte> writer, JsonMaskingException error)
    {
        writer.Write(marker ?? throw error);
        _lines++;
        _broken++;
    }

    private void Consume(int count)
    {
        _input.Consume(count);
        _consumed += count;
        _searched = 0;
    }
}
