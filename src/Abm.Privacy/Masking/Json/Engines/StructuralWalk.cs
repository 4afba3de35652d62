using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Abm.Privacy.Masking.Characters;
using Abm.Privacy.Masking.Json.Rules;

namespace Abm.Privacy.Masking.Json.Engines;

/// <summary>What the structural engine remembers from one block to the next, besides the bits that one block hands to the next.</summary>
internal ref struct StructuralWalk<TBlock, TMode> : IDisposable
    where TBlock : struct, IBlock64<TBlock>
    where TMode : struct, IRuleMode
{
    /// <summary>Of a block that is passed: what comes next is the next block.</summary>
    public const int GoOn = -1;

    /// <summary>Of a block in which the document ended, or has a fault.</summary>
    public const int Stop = -2;

    private readonly RuleSet _rules;
    private readonly ReadOnlySpan<byte> _document;
    private readonly int _maxDepth;
    private PathTracker _paths;
    private int _depth;

    /// <summary>Where what is not yet written starts: behind the last masked value.</summary>
    private int _copied;

    /// <summary>Up to where what follows is stored in the output already, ahead of what is written.</summary>
    private int _stored;

    /// <summary>How far the output is ahead of the document there.</summary>
    private int _shift;

    /// <summary>The colon whose member was last spoken of, as long as its value may still come.</summary>
    private int _member = -1;

    public StructuralWalk(RuleSet rules, int maxDepth, ReadOnlySpan<byte> document, int written)
    {
        _shift = written;
        _rules = rules;
        _maxDepth = maxDepth;
        _document = document;
        if (TMode.HasPaths)
        {
            _paths = new PathTracker(rules);
        }
    }

    /// <summary>Whether the bracket that opened the document is closed.</summary>
    private readonly bool HasEnded => _paths.Depth == 0;

    public readonly bool InArray => _paths.InArray;

    public readonly void Dispose()
    {
        if (TMode.HasPaths)
        {
            _paths.Dispose();
        }
    }

    /// <summary>Stores a block where it belongs if nothing in it is masked, as long as there is room: one store costs less than a later copy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CopyAhead(int position, in JsonOutput output)
    {
        // a masked value may reach into the block
        var from = Math.Max(position, _copied);
        if (_stored >= from
            && _document.Length - from >= Block64.Length
            && output.TryStoreAhead(in Unsafe.Add(ref MemoryMarshal.GetReference(_document), from), from + _shift))
        {
            _stored = from + Block64.Length;
        }
    }

    /// <summary>Tells the output how much was stored in it.</summary>
    public readonly void Settle(ref JsonOutput output) => output.Touch(_stored + _shift);

    /// <summary>Whether each of some closing brackets follows the opening bracket of its kind.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public readonly bool AreEmpty(int position, ulong closes)
    {
        for (; closes != 0; closes &= closes - 1)
        {
            // '{' and '}' are as far apart as '[' and ']'
            var at = position + BitOperations.TrailingZeroCount(closes);
            var before = StructuralValue.SkipSpacesBack(_document, at);
            if (before < 0 || _document[before] != _document[at] - 2)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Looks at the marks of a block one by one, and masks the values behind them that the rules reach.</summary>
    /// <param name="position">Where the block starts.</param>
    /// <param name="marks">The colons, and with paths the brackets and commas, that are looked at; one at least.</param>
    /// <param name="bits">The block.</param>
    /// <param name="output">Receives what lies before a masked value, and the value.</param>
    /// <param name="next"><see cref="GoOn"/>, <see cref="Stop"/>, or the byte behind an object or array that was masked.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public JsonOutcome Take(int position, ulong marks, in StructuralBits bits, ref JsonOutput output, out int next)
    {
        next = Stop;
        var unseen = ulong.MaxValue;
        do
        {
            var mark = marks & (0 - marks);
            var below = mark - 1;
            var at = position + BitOperations.TrailingZeroCount(mark);
            marks ^= mark;
            if (TMode.HasPaths)
            {
                // no colon since the mark before belongs to an array
                if (_paths.InArray && (bits.Colons & below & unseen) != 0)
                {
                    return JsonOutcome.Malformed(at);
                }

                unseen = ~below;
            }

            JsonTreatment? treatment;
            if (!TMode.HasPaths || (bits.Colons & mark) != 0)
            {
                if (!TryFindMember(position, at, below, in bits, out treatment))
                {
                    return JsonOutcome.Malformed(at);
                }
            }
            else if ((bits.Opens & mark) != 0)
            {
                if (!TryOpen(at, out treatment))
                {
                    return new JsonOutcome(JsonFault.TooDeep, at);
                }
            }
            else if ((bits.Closes & mark) != 0)
            {
                treatment = null;
                if (!TryClose(at))
                {
                    return JsonOutcome.Malformed(at);
                }

                if (HasEnded)
                {
                    return Finish(position, bits.Errors & (below | mark), at, ref output);
                }
            }
            else
            {
                treatment = NextElement();
            }

            if (treatment is null)
            {
                continue;
            }

            below |= mark;
            if ((bits.Errors & below) != 0)
            {
                return JsonOutcome.Malformed(position + BitOperations.TrailingZeroCount(bits.Errors));
            }

            // the bits of the block know where a string ends
            var outcome = MaskShort(treatment, at + 1, ref output, out var isMasked);
            if (isMasked)
            {
                if (outcome.Fault != JsonFault.None)
                {
                    return outcome;
                }

                continue;
            }

            outcome = Mask(treatment, at + 1, BitOperations.PopCount(bits.Opens & below) - BitOperations.PopCount(bits.Closes & below), ref output, out var end);
            if (outcome.Fault == JsonFault.None && end < 0)
            {
                continue;
            }

            if (outcome.Fault == JsonFault.None && !TMode.HasPaths && !TryCount(position, bits.Opens & below, bits.Closes & below, out outcome))
            {
                // what follows the bracket that ends the document is a fault too
                outcome = outcome.Fault != JsonFault.None ? outcome : JsonOutcome.Malformed(outcome.Offset + 1);
            }

            if (outcome.Fault != JsonFault.None)
            {
                return outcome;
            }

            // the member whose value was masked is done
            _member = -1;
            next = end;
            return outcome;
        }
        while (marks != 0);

        if (TMode.HasPaths && _paths.InArray && (bits.Colons & unseen) != 0)
        {
            return JsonOutcome.Malformed(position + BitOperations.TrailingZeroCount(bits.Colons & unseen));
        }

        next = GoOn;
        return default;
    }

    /// <summary>Looks up the name before a colon.</summary>
    /// <returns>False if there is none, or if it holds a wrong escape.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryFindMember(int position, int colon, ulong below, in StructuralBits bits, out JsonTreatment? treatment)
    {
        treatment = null;
        var close = StructuralValue.SkipSpacesBack(_document, colon);
        if (close <= _copied || _document[close] != '"')
        {
            return false;
        }

        if (TMode.HasPaths)
        {
            if (_paths.InArray)
            {
                return false;
            }

            _member = colon;

            if (!_paths.LooksForNames())
            {
                treatment = _paths.Member(NameTable.None);
                return true;
            }
        }

        var openQuotes = bits.OpenQuotes & below;
        var start = openQuotes != 0 ? position + 64 - BitOperations.LeadingZeroCount(openQuotes)
            : bits.OpenQuotesBefore != 0 ? position - BitOperations.LeadingZeroCount(bits.OpenQuotesBefore)
            : StructuralValue.FindStringStart(_document, close);
        int number;
        if (!bits.MayBeEscaped || _document[start..close].IndexOf((byte)'\\') < 0)
        {
            number = _rules.Names.Find(_document, start, close - start);
        }
        else if (!_rules.Names.TryFindEscaped(_document[start..close], out number))
        {
            return false;
        }

        treatment = TMode.HasPaths ? _paths.Member(number) : number == NameTable.None ? null : _rules.OfName(number);
        return true;
    }

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

    /// <summary>Enters a container; an array speaks of its first element at once.</summary>
    /// <returns>False if it is too deep.</returns>
    private bool TryOpen(int at, out JsonTreatment? treatment)
    {
        var isArray = _document[at] == '[';
        if (!_paths.InArray && _paths.Depth > 0)
        {
            // the name of a member that was not looked at is none of the rules'
            if (_member < 0 || (_member != at - 1 && StructuralValue.SkipSpaces(_document, _member + 1) != at))
            {
                _paths.Member(NameTable.None);
            }

            _member = -1;
        }

        _paths.Open(isArray);
        treatment = isArray ? _paths.Element() : null;
        return _paths.Depth <= _maxDepth;
    }

    /// <summary>Leaves a container.</summary>
    /// <returns>False if the bracket is of the other kind.</returns>
    private bool TryClose(int at)
    {
        var isSame = _paths.InArray == (_document[at] == ']');
        _paths.Close();
        return isSame;
    }

    /// <summary>What becomes of the value behind a comma.</summary>
    private readonly JsonTreatment? NextElement() => _paths.InArray ? _paths.Element() : null;

    /// <summary>Counts the brackets of a block, one by one only where the document might end or be too deep.</summary>
    /// <returns>False if the document ended at the outcome's offset, or has a fault there.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryCount(int position, ulong opens, ulong closes, out JsonOutcome outcome)
    {
        var (opened, closed) = (BitOperations.PopCount(opens), BitOperations.PopCount(closes));
        if (_depth - closed <= 0 || _depth + opened > _maxDepth)
        {
            return TryCountEach(position, opens, closes, out outcome);
        }

        _depth += opened - closed;
        outcome = default;
        return true;
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

    /// <summary>Ends the document at its last bracket.</summary>
    public readonly JsonOutcome Finish(int position, ulong errors, int end, ref JsonOutput output)
    {
        if (errors != 0)
        {
            return JsonOutcome.Malformed(position + BitOperations.TrailingZeroCount(errors));
        }

        var rest = StructuralValue.SkipSpaces(_document, end + 1);
        return rest != _document.Length ? JsonOutcome.Malformed(rest)
            : TryCopy(_stored, ref output) && output.Append(_document[_stored..]) ? JsonOutcome.Done
            : new JsonOutcome(JsonFault.DestinationTooSmall, _copied);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryCountEach(int position, ulong opens, ulong closes, out JsonOutcome outcome)
    {
        for (var brackets = opens | closes; brackets != 0; brackets &= brackets - 1)
        {
            var at = position + BitOperations.TrailingZeroCount(brackets);
            var isOpen = (opens & brackets & (0 - brackets)) != 0;
            _depth += isOpen ? 1 : -1;
            if (_depth == 0 || _depth > _maxDepth)
            {
                outcome = new JsonOutcome(_depth == 0 ? JsonFault.None : JsonFault.TooDeep, at);
                return false;
            }
        }

        outcome = default;
        return true;
    }
}
