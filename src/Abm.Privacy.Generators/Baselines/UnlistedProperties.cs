using Microsoft.CodeAnalysis;

namespace Abm.Privacy.Generators.Baselines;

/// <summary>
/// Finds the protected properties of an entity's class, and of its parts, that the baseline does not list. What a listed base
/// class declares is the base's; what Entity Framework maps on purpose only is left to the running model.
/// </summary>
internal sealed class UnlistedProperties(Baseline baseline, BaselineEntity entity, FluentCalls calls, Action<Diagnostic> report)
{
    private const int MaxDepth = 16;

    public void Find(ITypeSymbol type) => Find(type, type, []);

    private void Find(ITypeSymbol root, ITypeSymbol type, List<IPropertySymbol> way)
    {
        foreach (var property in Members.Mapped(type, holder => way.Count == 0 && IsEntity(holder)).Where(property => !calls.IsIgnored(property)))
        {
            List<IPropertySymbol> longer = [.. way, property];
            var path = string.Join(".", longer.Select(part => part.Name));
            var part = Members.PartOf(property.Type);
            if (ProtectedSymbols.IsProtected(property.Type))
            {
                if (Members.CanBeSet(property) && !entity.Lists(path))
                {
                    Report(root, longer, path);
                }
            }
            else if (longer.Count < MaxDepth && IsPart(property, part, path) && (entity.ListsBelow(path) || !ContainsItself(root, longer, part)))
            {
                Find(root, part, longer);
            }
        }
    }

    private bool IsEntity(ITypeSymbol type) => baseline.Entities.Exists(other => EntityNames.IsNameOf(other.Today, type));

    private bool IsPart(IPropertySymbol property, ITypeSymbol part, string path) =>
        entity.ListsBelow(path) || (!IsEntity(part) && !ProtectedSymbols.IsNotMapped(part) && !calls.IsIgnored(part) && (ProtectedSymbols.IsPart(part) || calls.IsPart(property)));

    private static bool ContainsItself(ITypeSymbol root, List<IPropertySymbol> way, ITypeSymbol part) =>
        SymbolEqualityComparer.Default.Equals(root, part)
        || way.Take(way.Count - 1).Any(holder => SymbolEqualityComparer.Default.Equals(Members.PartOf(holder.Type), part));

    private void Report(ITypeSymbol root, List<IPropertySymbol> way, string path)
    {
        var property = way[way.Count - 1];
        var names = way.Select(part => ProtectedSymbols.NameOf(ProtectedSymbols.FieldAttribute(part))).ToList();
        var suggested = names[names.Count - 1] is null ? Suggest(property.Name) : string.Join(".", names.Where(name => name is not null));
        var location = property.Locations.FirstOrDefault(place => place.IsInSource) ?? baseline.At(entity.Span);
        report(Diagnostic.Create(BaselineRules.Missing, location, [baseline.At(entity.Span)], $"{root.Name}.{path}", path, suggested, Under(root, way[0])));
    }

    /// <summary>What a base class declares is the base's, if the base is in the model; an unlisted one may be or not.</summary>
    private string Under(ITypeSymbol root, IPropertySymbol first) => SymbolEqualityComparer.Default.Equals(root, first.ContainingType)
        ? $"\"{entity.Today}\""
        : $"\"{entity.Today}\", or under {first.ContainingType.Name} if that is an entity type too";

    private static string Suggest(string name) => string.Concat(name.Select((letter, i) =>
        (char.IsUpper(letter) && i > 0 ? "-" : "") + char.ToLowerInvariant(letter)));
}
