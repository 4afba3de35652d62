using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Abm.Privacy.Masking.Characters;
using Abm.Privacy.Masking.Json.Rules;

namespace Abm.Privacy.Masking.Json.Engines;

/// <summary>What the structural engine remembers from one block to the next, besides the bits that one block hands to the next.</summary>
internal ref partial struct StructuralWalk<TBlock, TMode> : IDisposable
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
