using System.Numerics;
using System.Runtime.CompilerServices;
using Abm.Privacy.Masking.Json.Rules;

namespace Abm.Privacy.Masking.Json.Engines;

/// <content>What is looked at alone: names and brackets.</content>
internal ref partial struct StructuralWalk<TBlock, TMode>
{
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
}
