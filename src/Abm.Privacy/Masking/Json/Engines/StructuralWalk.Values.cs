using System.Numerics;
using System.Runtime.CompilerServices;
using Abm.Privacy.Masking.Characters;
using Abm.Privacy.Masking.Json.Rules;

namespace Abm.Privacy.Masking.Json.Engines;

/// <content>The masked values, and what is copied between them.</content>
internal ref partial struct StructuralWalk<TBlock, TMode>
{
    /// <summary>Masks a string of less than 64 bytes that stands at an offset, without white space before it and without escapes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private JsonOutcome MaskShort(JsonTreatment treatment, int start, ref JsonOutput output, out bool isMasked)
    {
        isMasked = false;
        if (_document.Length - start <= Block64.Length || _document[start] != '"')
        {
            return default;
        }

        // control characters and invalid UTF-8 are found with the block in which they are
        var value = TBlock.Load(in _document[start + 1]);
        var quotes = value.Equal((byte)'"');
        if (quotes == 0 || (value.Equal((byte)'\\') & (quotes ^ (quotes - 1))) != 0)
        {
            return default;
        }

        isMasked = true;
        var end = start + 1 + BitOperations.TrailingZeroCount(quotes);
        if (!TryCopy(start, ref output))
        {
            return new JsonOutcome(JsonFault.DestinationTooSmall, start);
        }

        var fault = MaskedValue.WriteText(_document[(start + 1)..end], treatment, ref output);
        Resume(end + 1, ref output);
        return new JsonOutcome(fault, end);
    }

    /// <summary>Writes what lies before a value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool TryCopy(int start, ref JsonOutput output)
    {
        output.Touch(_stored + _shift);
        if (_stored < start)
        {
            return output.Append(_document[_copied..start]);
        }

        output.Advance(start - _copied);
        return true;
    }

    /// <summary>Goes on behind a masked value, with what follows it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Resume(int end, ref JsonOutput output)
    {
        (_copied, _stored, _shift) = (end, end, output.Length - end);
        CopyAhead(end, in output);
    }

    /// <summary>Masks the value that starts at an offset or behind white space.</summary>
    /// <param name="treatment">How.</param>
    /// <param name="offset">The byte behind the colon, comma or bracket.</param>
    /// <param name="opened">How many more containers of the block are open there than at its start.</param>
    /// <param name="output">Receives what lies before the value, and the masked value.</param>
    /// <param name="next">The byte behind an object or array, which is left out; -1 for any other value.</param>
    private JsonOutcome Mask(JsonTreatment treatment, int offset, int opened, ref JsonOutput output, out int next)
    {
        next = -1;
        var start = StructuralValue.SkipSpaces(_document, offset);
        if (start == _document.Length)
        {
            return JsonOutcome.Malformed(start);
        }

        var first = _document[start];
        if (first == ']' && _document[offset - 1] == '[')
        {
            return JsonOutcome.Done;
        }

        if (!TryCopy(start, ref output))
        {
            return new JsonOutcome(JsonFault.DestinationTooSmall, start);
        }

        JsonFault fault;
        int end;
        if (first == '"')
        {
            fault = StructuralValue.FindStringEnd<TBlock>(_document, start + 1, out end, out var isEscaped);
            fault = fault != JsonFault.None ? fault : MaskedValue.WriteString(_document[(start + 1)..end++], isEscaped, treatment, ref output);
        }
        else if (first is (byte)'{' or (byte)'[')
        {
            var depth = TMode.HasPaths ? _paths.Depth : _depth + opened;
            fault = StructuralValue.FindContainerEnd<TBlock>(_document, start, _maxDepth - depth, out end);
            fault = fault != JsonFault.None ? fault : MaskedValue.WriteWhole(treatment, ref output);
            next = end;
        }
        else
        {
            fault = StructuralValue.FindScalarEnd(_document, start, out end);
            fault = fault != JsonFault.None ? fault : MaskedValue.WriteScalar(_document[start..end], treatment, ref output);
        }

        Resume(end, ref output);
        return new JsonOutcome(fault, end);
    }
}
