using Microsoft.CodeAnalysis;

namespace Abm.Privacy.Generators.Baselines;

/// <summary>Compares a baseline with the classes that it names.</summary>
internal sealed class BaselineCheck(Baseline baseline, Compilation compilation, FluentCalls calls, Action<Diagnostic> report)
{
    public void Run(CancellationToken cancellationToken)
    {
        foreach (var entity in baseline.Entities)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (EntityNames.Find(compilation, entity.Today) is { } type)
            {
                CheckNames(entity, type);
                foreach (var field in entity.Fields)
                {
                    CheckField(entity, type, field);
                }

                new UnlistedProperties(baseline, entity, calls, report).Find(type);
            }
            else if (!calls.IsShadowType(entity.Today))
            {
                ReportStale(entity, entity.Today, $"{entity.Scope}/{entity.Frozen}", "whose class is not there any more");
            }
        }
    }

    private void CheckField(BaselineEntity entity, ITypeSymbol type, BaselineField field)
    {
        var way = new List<ISymbol>();
        var (holder, last) = (type, type);
        foreach (var name in field.Today.Split('.'))
        {
            if (Members.Find(holder, name) is not { } member)
            {
                if (!Members.IsOpen(holder) && !Members.MayBeHidden(compilation, holder) && !calls.IsShadow(name))
                {
                    ReportStale(entity, field, "which its class has not any more");
                }

                return;
            }

            way.Add(member);
            last = Members.TypeOf(member);
            holder = Members.IsOpen(last) ? last : Members.PartOf(last);
        }

        if (ProtectedSymbols.IsProtected(last))
        {
            CheckName(entity, field, way);
        }
        else if (!Members.IsOpen(last))
        {
            ReportStale(entity, field, "which is no Protected<T> any more");
        }
    }

    /// <summary>The first attribute from the class upwards counts, if it is of a class that is certainly in the model.</summary>
    private void CheckNames(BaselineEntity entity, ITypeSymbol type)
    {
        foreach (var holder in Members.SelfAndBases(type))
        {
            if (calls.MayName(holder))
            {
                return;
            }

            if (ProtectedSymbols.EntityAttribute(holder) is { } attribute)
            {
                var isInModel = SymbolEqualityComparer.Default.Equals(holder, type) || baseline.Entities.Exists(other => EntityNames.IsNameOf(other.Today, holder));
                if (isInModel && (ProtectedSymbols.NameOf(attribute), ProtectedSymbols.ScopeOf(attribute)) is ({ } name, { } scope)
                    && (name != entity.Frozen || scope != entity.Scope))
                {
                    ReportContradiction(attribute, entity, type.Name, $"{scope}/{name}", $"{entity.Scope}/{entity.Frozen}");
                }

                return;
            }
        }
    }

    /// <summary>A part without an attribute may have a name from the model builder, of which the compiler knows nothing.</summary>
    private void CheckName(BaselineEntity entity, BaselineField field, List<ISymbol> way)
    {
        var parts = way.ConvertAll(member => IsNamedElsewhere(member) ? null : ProtectedSymbols.NameOf(ProtectedSymbols.FieldAttribute(member)));
        if (ProtectedSymbols.FieldAttribute(way[way.Count - 1]) is { } attribute && parts[parts.Count - 1] is { } && !FieldParts.CanBe(parts, field.Frozen))
        {
            ReportContradiction(
                attribute, field, $"{ShortName(entity)}.{field.Today}", string.Join(".", parts.Where(part => part is not null)), field.Frozen);
        }
    }

    private bool IsNamedElsewhere(ISymbol member) => calls.MayName(member) || calls.MayName(Members.PartOf(Members.TypeOf(member)));

    private void ReportContradiction(AttributeData attribute, BaselineName name, string what, string inCode, string inBaseline) => report(Diagnostic.Create(
        BaselineRules.Contradiction,
        attribute.ApplicationSyntaxReference is { } syntax ? Location.Create(syntax.SyntaxTree, syntax.Span) : baseline.At(name.Span),
        [baseline.At(name.Span)],
        what,
        inCode,
        inBaseline));

    private void ReportStale(BaselineEntity entity, BaselineField field, string why) =>
        ReportStale(field, $"{entity.Today}.{field.Today}", $"{entity.Scope}/{entity.Frozen}/{field.Frozen}", why);

    private void ReportStale(BaselineName name, string today, string frozen, string why) =>
        report(Diagnostic.Create(BaselineRules.Stale, baseline.At(name.Span), today, frozen, why));

    private static string ShortName(BaselineEntity entity) => entity.Today.Substring(entity.Today.LastIndexOfAny(['.', '+']) + 1);
}
