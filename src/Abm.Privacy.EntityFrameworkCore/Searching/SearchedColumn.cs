using System.Linq.Expressions;
using System.Reflection;
using Abm.Privacy.EntityFrameworkCore.BlindIndexes;
using Abm.Privacy.EntityFrameworkCore.Model;
using Abm.Privacy.EntityFrameworkCore.Revealing;
using Abm.Privacy.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;

namespace Abm.Privacy.EntityFrameworkCore.Searching;

/// <summary>The column of an index that a search goes through, and the tenant's beside it.</summary>
/// <param name="Index">The column.</param>
/// <param name="Tenant">The tenant's; null where the application has one.</param>
/// <param name="Way">The owned types between the entity and the property.</param>
/// <param name="Property">The property.</param>
internal sealed record SearchedColumn(BlindIndexColumn Index, BoundProperty? Tenant, IReadOnlyList<INavigation> Way, IProperty Property)
{
    private static readonly MethodInfo PropertyMethod = typeof(EF).GetMethod(nameof(EF.Property))!.MakeGenericMethod(typeof(byte[]));

    /// <summary>The searched value of an entity.</summary>
    public object? ValueOf(object entity)
    {
        foreach (var navigation in Way)
        {
            if (navigation.GetGetter().GetClrValueUsingContainingEntity(entity) is not { } owned)
            {
                return null;
            }

            entity = owned;
        }

        return Property.GetGetter().GetClrValueUsingContainingEntity(entity);
    }

    /// <summary>The condition that a row of the tenant has one of several index values.</summary>
    public Expression<Func<TEntity, bool>> HasOneOf<TEntity>(TenantId tenant, IReadOnlyList<byte[]> tokens)
    {
        // with one key version, as most of the time, an equality: the statement of a list is made anew for every search
        var condition = tokens is [var only] ? Is(only) : IsOneOf(tokens);
        var entity = Expression.Parameter(typeof(TEntity), "entity");
        var holder = Way.Aggregate((Expression)entity, (from, navigation) => Expression.Property(from, navigation.PropertyInfo!));
        var column = Expression.Call(PropertyMethod, holder, Expression.Constant(Index.Property.Name));
        var hasToken = ReplacingExpressionVisitor.Replace(condition.Parameters[0], column, condition.Body);
        return Expression.Lambda<Func<TEntity, bool>>(Tenant is null ? hasToken : Expression.AndAlso(TenantPredicate.Of(entity, Tenant, tenant), hasToken), entity);
    }

    private static Expression<Func<byte[], bool>> Is(byte[] only) => token => token == only;

    private static Expression<Func<byte[], bool>> IsOneOf(IEnumerable<byte[]> tokens) => token => EF.MultipleParameters(tokens).Contains(token);

    /// <summary>Finds the column of a named index, or the only one that finds whole values.</summary>
    public static SearchedColumn Find(DbContext context, Type type, LambdaExpression property, Func<BlindIndexBinding, bool>? isWanted)
    {
        var path = FieldSelection.Parse(property).Paths[0];
        var entity = context.Model.FindEntityType(type) is { } known ? PrivacyModel.Of(context).Find(known) : null;
        var (way, field) = entity is null ? ([], null) : FindField(entity, path);
        _ = field
            ?? throw new ArgumentException($"{type.Name}.{path} is not protected in this model. Compare it in Where.", nameof(property));
        var all = field.Indexes;
        List<BlindIndexColumn> columns = [.. all.Where(candidate => isWanted?.Invoke(candidate.Binding) ?? (all.Count == 1 || !candidate.Binding.IsPartial))];
        return (columns, isWanted) switch
        {
            ([var column], _) => new SearchedColumn(column, entity!.Tenant, way, field.Property),
            ([], not null) => throw new ArgumentException($"{type.Name}.{path} has no column of that blind index. Declare it with HasBlindIndex, with the same instance.", nameof(property)),
            ([], null) => throw new ArgumentException($"{type.Name}.{path} has no blind index of whole values. Declare one with HasBlindIndex, or search with a query of the index: index.Find(value).", nameof(property)),
            _ => throw new ArgumentException($"{type.Name}.{path} has several blind indexes. Say which, with a query of one: index.Find(value).", nameof(property)),
        };
    }

    private static (IReadOnlyList<INavigation> Way, ProtectedField? Field) FindField(ProtectedEntity entity, string path)
    {
        if (entity.Fields.FirstOrDefault(candidate => candidate.Path == path) is { } field)
        {
            return ([], field);
        }

        var part = entity.Parts.FirstOrDefault(part => !part.Navigation.IsCollection && path.StartsWith($"{part.Navigation.Name}.", StringComparison.Ordinal));
        if (part.Entity is null)
        {
            return ([], null);
        }

        var (way, found) = FindField(part.Entity, path[(part.Navigation.Name.Length + 1)..]);
        return ([part.Navigation, .. way], found);
    }
}
