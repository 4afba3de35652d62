using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Abm.Privacy.Generators.Masking;

/// <summary>What is known of one compilation's types, each read once. Held by the compilation alone, never by the pipeline.</summary>
internal sealed class MaskingModel
{
    /// <summary>A bound on what one type may lead to: generic types can hold ever larger forms of themselves.</summary>
    private const int MaxTypes = 512;

    private static readonly ConditionalWeakTable<Compilation, MaskingModel> Models = new();

    private readonly Compilation _compilation;
    private readonly MaskedTypeReader _reader;
    private readonly Dictionary<MaskKey, (MaskedType? Type, IReadOnlyList<MaskingFault> Faults)> _types = [];
    private readonly Dictionary<MaskKey, MaskedSource> _sources = [];
    private readonly Dictionary<INamedTypeSymbol, MaskingResult> _results = new(SymbolEqualityComparer.Default);

    private MaskingModel(Compilation compilation)
    {
        _compilation = compilation;
        _reader = new MaskedTypeReader(compilation, new DerivedTypes(compilation));
    }

    public static MaskingModel Of(Compilation compilation) => Models.GetValue(compilation, static key => new MaskingModel(key));

    /// <summary>The files of a type that carries declarations and of every type that it leads to.</summary>
    public MaskingResult Read(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        lock (_types)
        {
            if (!_results.TryGetValue(type, out var result))
            {
                _results.Add(type, result = Build(type, cancellationToken));
            }

            return result;
        }
    }

    private MaskingResult Build(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var root = new MaskKey(type, ClassifiedSymbols.OfType(type), _compilation.AssemblyName ?? "");
        var closure = new Dictionary<MaskKey, MaskedType>();
        var faults = new List<MaskingFault>();
        var place = SourcePlace.Of(type);
        var pending = new Queue<MaskKey>([root]);
        while (pending.Count > 0 && faults.Count == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var key = pending.Dequeue();
            if (closure.ContainsKey(key))
            {
                continue;
            }

            if (closure.Count == MaxTypes)
            {
                faults.Add(new MaskingFault(MaskingRules.UnsupportedMember.Id, place, root.Type.Name, $"it leads to more than {MaxTypes} types. Declare a member on the way, or take it out."));
            }
            else if (Read(key, out var found) is { } read)
            {
                closure.Add(key, read);
                foreach (var use in read.Uses)
                {
                    pending.Enqueue(use);
                }
            }
            else
            {
                faults.AddRange(found.Select(fault => fault.At(place)));
            }
        }

        if (faults.Count > 0)
        {
            return new MaskingResult(EquatableList<MaskedSource>.Empty, new EquatableList<MaskingFault>(faults));
        }

        foreach (var masked in closure.Values)
        {
            masked.IsRecursive = masked.HoldsOpenValues || LeadsTo(closure, masked, masked.Key);
        }

        return new MaskingResult(
            new EquatableList<MaskedSource>([.. closure.Values.Select(Write).OrderBy(source => source.Name, StringComparer.Ordinal)]),
            EquatableList<MaskingFault>.Empty);
    }

    private MaskedType? Read(MaskKey key, out IReadOnlyList<MaskingFault> faults)
    {
        if (!_types.TryGetValue(key, out var read))
        {
            var found = new List<MaskingFault>();
            _types.Add(key, read = (_reader.Read(key, found), found));
        }

        faults = read.Faults;
        return read.Type;
    }

    private MaskedSource Write(MaskedType type)
    {
        if (!_sources.TryGetValue(type.Key, out var source))
        {
            _sources.Add(type.Key, source = new MaskWriter(_compilation, type).Write());
        }

        return source;
    }

    private static bool LeadsTo(Dictionary<MaskKey, MaskedType> closure, MaskedType from, MaskKey to)
    {
        var seen = new HashSet<MaskKey>();
        var pending = new Stack<MaskKey>(from.Uses);
        while (pending.Count > 0)
        {
            var key = pending.Pop();
            if (key.Equals(to))
            {
                return true;
            }

            if (seen.Add(key))
            {
                foreach (var use in closure[key].Uses)
                {
                    pending.Push(use);
                }
            }
        }

        return false;
    }
}
