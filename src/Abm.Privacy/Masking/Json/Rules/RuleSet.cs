using System.Numerics;

namespace Abm.Privacy.Masking.Json.Rules;

/// <summary>
/// The rules, ready for use. Each step of each path is a bit: a container has the set of the steps that its members or
/// elements may take, so that all rules advance together and several may reach the same value.
/// </summary>
internal sealed class RuleSet
{
    private const int WordBits = 64;

    private readonly JsonTreatment?[] _byName;
    private readonly JsonTreatment[] _byBit;

    public RuleSet(IReadOnlyList<Rule> rules, bool ignoreCase)
    {
        var comparer = ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        var names = rules.SelectMany(rule => rule.Steps).Select(step => step.Name).OfType<string>().Distinct(comparer).ToList();
        Names = new NameTable(names, ignoreCase);
        Filter = new NameFilter(names, ignoreCase);
        HasLastWildcard = rules.Any(rule => rule.Steps[^1].IsWildcard);
        HasPaths = rules.Any(rule => !rule.IsPlainName);
        HasElements = rules.Any(rule => rule.Steps.Any(step => step.Index is not null)) || HasLastWildcard;

        var numbers = names.Select((name, i) => KeyValuePair.Create(name, i + 1)).ToDictionary(comparer);
        _byName = new JsonTreatment?[names.Count + 1];
        foreach (var rule in rules.Where(rule => rule.IsPlainName))
        {
            ref var treatment = ref _byName[numbers[rule.Steps[0].Name!]];
            treatment = treatment is null ? rule.Treatment : Combine(treatment, rule.Treatment);
        }

        // a path never crosses a word, so that its steps advance by one shift
        var starts = new int[rules.Count];
        var bits = 0;
        for (var i = 0; i < rules.Count; i++)
        {
            bits = WordBits - bits % WordBits < rules[i].Steps.Length ? (bits / WordBits + 1) * WordBits : bits;
            starts[i] = bits;
            bits += rules[i].Steps.Length;
        }

        Words = Math.Max(1, (bits + WordBits - 1) / WordBits);
        (First, Last, Any, Descending, Elements) = (new ulong[Words], new ulong[Words], new ulong[Words], new ulong[Words], new ulong[Words]);
        ByName = new ulong[(names.Count + 1) * Words];
        ByIndex = [];
        _byBit = new JsonTreatment[Words * WordBits];
        for (var i = 0; i < rules.Count; i++)
        {
            AddSteps(rules[i], starts[i], numbers);
        }
    }

    public NameTable Names { get; }

    /// <summary>Tells strings apart that cannot be one of the names.</summary>
    public NameFilter Filter { get; }

    /// <summary>Whether a rule reaches values under any name.</summary>
    public bool HasLastWildcard { get; }

    /// <summary>Whether a rule is more than a name at any depth.</summary>
    public bool HasPaths { get; }

    /// <summary>Whether a rule tells elements of an array apart, or masks them, so that each of them must be looked at.</summary>
    public bool HasElements { get; }

    /// <summary>The number of 64-bit words that the sets below have.</summary>
    public int Words { get; }

    /// <summary>The steps that are taken from the root.</summary>
    public ulong[] First { get; }

    /// <summary>The steps that end a path.</summary>
    public ulong[] Last { get; }

    /// <summary>The steps that any member or element takes.</summary>
    public ulong[] Any { get; }

    /// <summary>The steps that may be taken further below too.</summary>
    public ulong[] Descending { get; }

    /// <summary>The steps that an element takes by its index.</summary>
    public ulong[] Elements { get; }

    /// <summary>The steps that a member takes by its name: <see cref="Words"/> words for each number of a name.</summary>
    public ulong[] ByName { get; }

    /// <summary>The steps that an element takes by its index: word, bit, index.</summary>
    public List<(int Word, ulong Bit, int Index)> ByIndex { get; }

    /// <summary>What becomes of the values under a name, whatever their path.</summary>
    public JsonTreatment? OfName(int number) => _byName[number];

    /// <summary>What becomes of a value that the paths of some bits of a word reach.</summary>
    public JsonTreatment OfBits(int word, ulong bits)
    {
        var treatment = _byBit[word * WordBits + BitOperations.TrailingZeroCount(bits)];
        for (bits &= bits - 1; bits != 0; bits &= bits - 1)
        {
            treatment = Combine(treatment, _byBit[word * WordBits + BitOperations.TrailingZeroCount(bits)]);
        }

        return treatment;
    }

    /// <summary>What two rules give together: the same if they agree, else nothing of the value is shown.</summary>
    public static JsonTreatment Combine(JsonTreatment one, JsonTreatment other) =>
        ReferenceEquals(one, other) || one.Identity.Equals(other.Identity) ? one : JsonTreatment.Hidden;

    private void AddSteps(Rule rule, int start, Dictionary<string, int> numbers)
    {
        var word = start / WordBits;
        First[word] |= 1UL << start % WordBits;
        for (var i = 0; i < rule.Steps.Length; i++)
        {
            var (step, bit) = (rule.Steps[i], 1UL << (start + i) % WordBits);
            Last[word] |= i == rule.Steps.Length - 1 ? bit : 0;
            Descending[word] |= step.Descends ? bit : 0;
            _byBit[start + i] = rule.Treatment;
            if (step.Name is { } name)
            {
                ByName[numbers[name] * Words + word] |= bit;
            }
            else if (step.Index is { } index)
            {
                Elements[word] |= bit;
                ByIndex.Add((word, bit, index));
            }
            else
            {
                Any[word] |= bit;
            }
        }
    }
}
