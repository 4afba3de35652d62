using System.Text.Json;

namespace Abm.Privacy.Consent.Language;

/// <summary>The conditions that a document or a pack names under <c>define</c>, read on first use so that a circle is found.</summary>
internal sealed class DefinitionTable
{
    private const int MaxChain = 16;

    private readonly Dictionary<string, Definition> _definitions = new(StringComparer.Ordinal);
    private readonly DefinitionTable? _outer;
    private readonly DocumentFaults _faults;
    private readonly ConditionReader _reader;
    private readonly List<string> _chain = [];

    public DefinitionTable(LocatedJson? node, DefinitionTable? outer, FactRegistry registry, DocumentFaults faults, PolicyAnalysis analysis)
    {
        _outer = outer;
        _faults = faults;
        _reader = new ConditionReader(registry, faults, this, analysis);
        if (node is { Kind: not JsonValueKind.Object })
        {
            faults.Add(node, "'define' is not an object.", "Write { \"name\": condition }.");
        }

        foreach (var (name, value) in node?.Members ?? [])
        {
            if (outer?.Has(name) == true)
            {
                faults.Add(value, $"{DocumentFaults.Quote(name)} is already defined for the whole document.", "Give it another name.");
            }

            _definitions[name] = new Definition(value);
        }
    }

    public ConditionReader Conditions => _reader;

    private IEnumerable<string> Names => _definitions.Keys.Concat(_outer?.Names ?? []);

    private bool Has(string name) => _definitions.ContainsKey(name) || _outer?.Has(name) == true;

    /// <summary>Reads every definition, so that an unused one is checked too.</summary>
    public void ReadAll()
    {
        foreach (var (name, definition) in _definitions)
        {
            Resolve(name, definition.Node);
        }
    }

    /// <summary>The condition of a name, or null with a fault at the place of use.</summary>
    public Condition? Resolve(string name, LocatedJson use)
    {
        if (!_definitions.TryGetValue(name, out var definition))
        {
            return _outer is not null ? ResolveOuter(name, use) : Undefined(name, use, Names);
        }

        if (_chain.Contains(name))
        {
            var circle = string.Join(" -> ", _chain.SkipWhile(item => item != name));
            _faults.Add(use, $"The definition uses itself: {circle} -> {name}.", "Break the circle.");
            return null;
        }

        if (!definition.IsRead)
        {
            if (_chain.Count == MaxChain)
            {
                _faults.Add(use, $"Definitions use one another more than {MaxChain} deep.", "Write some of them out.");
                return null;
            }

            _chain.Add(name);
            definition.Condition = _reader.Read(definition.Node);
            definition.IsRead = true;
            _chain.RemoveAt(_chain.Count - 1);
        }

        return definition.Condition;
    }

    private Condition? ResolveOuter(string name, LocatedJson use) =>
        _outer!.Has(name) ? _outer.Resolve(name, use) : Undefined(name, use, Names);

    private Condition? Undefined(string name, LocatedJson use, IEnumerable<string> names)
    {
        _faults.Add(use, $"{DocumentFaults.Quote(name)} is not defined.", names.Any() ? NearestName.Suggest(name, [.. names]) : "Add it under 'define'.");
        return null;
    }

    private sealed class Definition(LocatedJson node)
    {
        public LocatedJson Node { get; } = node;

        public bool IsRead { get; set; }

        public Condition? Condition { get; set; }
    }
}
