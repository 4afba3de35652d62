using System.Numerics;
using System.Runtime.CompilerServices;
using Abm.Privacy.Masking.Characters;
using Abm.Privacy.Masking.Json.Rules;

namespace Abm.Privacy.Masking.Json.Engines;

/// <summary>What the structural engine remembers from one block to the next, besides the bits that one block hands to the next.</summary>
internal ref struct StructuralWalk<TBlock, TMode> : IDisposable
    where TBlock : struct, IBlock64<TBlock>
    where TMode : struct, IRuleMode
{
    private readonly RuleSet _rules;
    private readonly ReadOnlySpan<byte> _document;
    private readonly int _maxDepth;
    private PathTracker _paths;
    private int _depth;
    private int _openQuote = -1;
    private int _closeQuote = -1;
    private int _backslash = -1;
    private int _copied;

    public StructuralWalk(RuleSet rules, int maxDepth, ReadOnlySpan<byte> document)
    {
        _rules = rules;
        _maxDepth = maxDepth;
        _document = document;
        if (TMode.HasPaths)
        {
            _paths = new PathTracker(rules);
        }
    }

    /// <summary>Whether the bracket that opened the document is closed.</summary>
    public readonly bool HasEnded => _paths.Depth == 0;

    public readonly void Dispose()
    {
        if (TMode.HasPaths)
        {
            _paths.Dispose();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void RememberStrings(int position, ulong openQuotes, ulong closeQuotes, ulong backslashes)
    {
        _openQuote = Last(position, openQuotes, _openQuote);
        _closeQuote = Last(position, closeQuotes, _closeQuote);
        _backslash = Last(position, backslashes, _backslash);
    }

    public void ForgetStrings() => (_openQuote, _closeQuote, _backslash) = (-1, -1, -1);

    /// <summary>Looks up the name before a colon.</summary>
    /// <returns>False if there is none, or if it holds a wrong escape.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool TryFindMember(int position, int colon, ulong openQuotes, ulong closeQuotes, ulong backslashes, out JsonTreatment? treatment)
    {
        treatment = null;
        var close = Last(position, closeQuotes, _closeQuote);
        if (close != colon - 1 && !IsSpaceBetween(close, colon))
        {
            return false;
        }

        if (TMode.HasPaths)
        {
            if (_paths.InArray)
            {
                return false;
            }

            if (!_paths.LooksForNames())
            {
                treatment = _paths.Member(NameTable.None);
                return true;
            }
        }

        var start = Last(position, openQuotes, _openQuote) + 1;
        int number;
        if (Last(position, backslashes, _backslash) < start)
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
    public bool TryOpen(int at, out JsonTreatment? treatment)
    {
        var isArray = _document[at] == '[';
        _paths.Open(isArray);
        treatment = isArray ? _paths.Element() : null;
        return _paths.Depth <= _maxDepth;
    }

    /// <summary>Leaves a container.</summary>
    /// <returns>False if the bracket is of the other kind.</returns>
    public bool TryClose(int at)
    {
        var isSame = _paths.InArray == (_document[at] == ']');
        _paths.Close();
        return isSame;
    }

    /// <summary>What becomes of the value behind a comma.</summary>
    public readonly JsonTreatment? NextElement() => _paths.InArray ? _paths.Element() : null;

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
    /// <param name="output">Receives what lies before the value, and the masked value.</param>
    /// <param name="next">The byte behind the value; -1 if there is none, because the array is empty.</param>
    public JsonOutcome Mask(JsonTreatment treatment, int offset, ref JsonOutput output, out int next)
    {
        next = -1;
        var start = StructuralValue.SkipSpaces(_document, offset);
        if (start == _document.Length)
        {
            return JsonOutcome.Malformed(start);
        }

        var first = _document[start];
        if (first == ']')
        {
            return _document[offset - 1] == '[' ? JsonOutcome.Done : JsonOutcome.Malformed(start);
        }

        if (!output.Append(_document[_copied..start]))
        {
            return new JsonOutcome(JsonFault.DestinationTooSmall, start);
        }

        JsonFault fault;
        if (first == '"')
        {
            fault = StructuralValue.FindStringEnd<TBlock>(_document, start + 1, out next, out var isEscaped);
            fault = fault != JsonFault.None ? fault : MaskedValue.WriteString(_document[(start + 1)..next++], isEscaped, treatment, ref output);
        }
        else if (first is (byte)'{' or (byte)'[')
        {
            var levels = _maxDepth - (TMode.HasPaths ? _paths.Depth : _depth);
            fault = StructuralValue.FindContainerEnd<TBlock>(_document, start, levels, out next);
            fault = fault != JsonFault.None ? fault : MaskedValue.WriteWhole(treatment, ref output);
        }
        else
        {
            fault = StructuralValue.FindScalarEnd(_document, start, out next);
            fault = fault != JsonFault.None ? fault : MaskedValue.WriteScalar(_document[start..next], treatment, ref output);
        }

        _copied = next;
        return new JsonOutcome(fault, next);
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
            : output.Append(_document[_copied..]) ? JsonOutcome.Done
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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly bool IsSpaceBetween(int close, int colon) => close >= 0 && StructuralValue.SkipSpaces(_document, close + 1) == colon;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Last(int position, ulong bits, int before) => bits != 0 ? position + 63 - BitOperations.LeadingZeroCount(bits) : before;
}
