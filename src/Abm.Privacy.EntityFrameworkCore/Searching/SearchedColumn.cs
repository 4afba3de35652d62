using System.Linq.Expressions;
using Abm.Privacy.EntityFrameworkCore.BlindIndexes;
using Abm.Privacy.EntityFrameworkCore.Model;
using Abm.Privacy.EntityFrameworkCore.Revealing;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Searching;

/// <summary>The column of an index that a search goes through, and the tenant's beside it.</summary>
internal sealed record SearchedColumn(BlindIndexColumn Index, BoundProperty? Tenant)
{
    /// <summary>Finds the column of a named index, or the only one that finds whole values.</summary>
    public static SearchedColumn Find(DbContext context, Type type, LambdaExpression property, Func<BlindIndexBinding, bool>? isWanted)
    {
        var path = FieldSelection.Parse(property).Paths[0];
        var entity = context.Model.FindEntityType(type) is { } known ? PrivacyModel.Of(context).Find(known) : null;
        var field = entity?.Fields.FirstOrDefault(candidate => candidate.Path == path)
            ?? throw new ArgumentException($"{type.Name}.{path} is not protected in this model. Compare it in Where.", nameof(property));
        var all = field.Indexes;
        List<BlindIndexColumn> columns = [.. all.Where(candidate => isWanted?.Invoke(candidate.Binding) ?? (all.Count == 1 || !candidate.Binding.IsPartial))];
        return (columns, isWanted) switch
        {
            ([var column], _) => new SearchedColumn(column, entity!.Tenant),
            ([], not null) => throw new ArgumentException($"{type.Name}.{path} has no column of that blind index. Declare it with HasBlindIndex, with the same instance.", nameof(property)),
            ([], null) => throw new ArgumentException($"{type.Name}.{path} has no blind index of whole values. Declare one with HasBlindIndex, or search with a query of the index: index.Find(value).", nameof(property)),
            _ => throw new ArgumentException($"{type.Name}.{path} has several blind indexes. Say which, with a query of one: index.Find(value).", nameof(property)),
        };
    }
}
