using System.Buffers;
using System.Runtime.CompilerServices;

namespace Abm.Privacy.Masking.Json.Rules;

/// <summary>
/// Follows a document's nesting for the rules: of every open container the steps that may be taken in it. Grows with the
/// depth on the heap, never on the call stack.
/// </summary>
internal ref struct PathTracker : IDisposable
{
    private const int FirstLevels = 64;

    /// <summary>What stands for the next index where a container is an object.</summary>
    private const int IsObject = -1;

    private readonly RuleSet _rules;
    private readonly int _words;
    private ulong[] _steps;
    private int[] _next;

    public PathTracker(RuleSet rules)
    {
        _rules = rules;
        _words = rules.Words;
        _steps = ArrayPool<ulong>.Shared.Rent((FirstLevels + 2) * _words);
        _next = ArrayPool<int>.Shared.Rent(FirstLevels + 1);
        _next[0] = IsObject;

        // level 0 stands around the document; what the root may take waits above it
        rules.First.CopyTo(_steps.AsSpan(_words));
    }

    /// <summary>How many containers are open.</summary>
    public int Depth { get; private set; }

    public readonly bool InArray => _next[Depth] != IsObject;

    /// <summary>Enters a container, the value that was last spoken of.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Open(bool isArray)
    {
        Depth++;
        if (Depth + 1 >= _next.Length || (Depth + 2) * _words > _steps.Length)
        {
            Grow();
        }

        _next[Depth] = isArray ? 0 : IsObject;
    }

    /// <summary>Leaves a container.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Close() => Depth--;

    /// <summary>Whether a member of the open object may take a step by its name.</summary>
    public readonly bool LooksForNames()
    {
        for (var i = 0; i < _words; i++)
        {
            if ((_steps[Depth * _words + i] & ~_rules.Any[i] & ~_rules.Elements[i]) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Speaks of the member with a name: what becomes of its value, or null if it stays.</summary>
    public readonly JsonTreatment? Member(int number)
    {
        JsonTreatment? treatment = null;
        for (var i = 0; i < _words; i++)
        {
            Step(i, _rules.ByName[number * _words + i], ref treatment);
        }

        return treatment;
    }

    /// <summary>Speaks of the next element of the open array: what becomes of it, or null if it stays.</summary>
    public readonly JsonTreatment? Element()
    {
        JsonTreatment? treatment = null;
        var index = _next[Depth]++;
        for (var i = 0; i < _words; i++)
        {
            var byIndex = 0UL;
            if ((_steps[Depth * _words + i] & _rules.Elements[i]) != 0)
            {
                foreach (var (word, bit, wanted) in _rules.ByIndex)
                {
                    byIndex |= word == i && wanted == index ? bit : 0;
                }
            }

            Step(i, byIndex, ref treatment);
        }

        return treatment;
    }

    public readonly void Dispose()
    {
        ArrayPool<ulong>.Shared.Return(_steps);
        ArrayPool<int>.Shared.Return(_next);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Step(int word, ulong taken, ref JsonTreatment? treatment)
    {
        var open = _steps[Depth * _words + word];
        taken = open & (taken | _rules.Any[word]);
        var last = taken & _rules.Last[word];
        _steps[(Depth + 1) * _words + word] = (taken ^ last) << 1 | (open & _rules.Descending[word]);
        if (last != 0)
        {
            var found = _rules.OfBits(word, last);
            treatment = treatment is null ? found : RuleSet.Combine(treatment, found);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow()
    {
        var steps = ArrayPool<ulong>.Shared.Rent(_steps.Length * 2);
        var next = ArrayPool<int>.Shared.Rent(_next.Length * 2);
        _steps.CopyTo(steps, 0);
        _next.CopyTo(next, 0);
        Dispose();
        (_steps, _next) = (steps, next);
    }
}
