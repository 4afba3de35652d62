using System.Linq.Expressions;
using System.Reflection;
using Abm.Privacy.EntityFrameworkCore.Model;
using Abm.Privacy.Identifiers;
using Microsoft.EntityFrameworkCore;

namespace Abm.Privacy.EntityFrameworkCore.Searching;

/// <summary>The condition that a row is one tenant's: without it a search would read every tenant's part of the index.</summary>
internal static class TenantPredicate
{
    private static readonly MethodInfo PropertyMethod = typeof(EF).GetMethod(nameof(EF.Property))!;

    public static Expression Of(Expression entity, BoundProperty tenant, TenantId id)
    {
        var type = tenant.Property.ClrType;
        var value = Expression.Convert(Expression.Field(Expression.Constant(new Holder { Value = tenant.Parse(id.Value) }), nameof(Holder.Value)), type);
        Expression property = tenant.Property.PropertyInfo is { } member && !tenant.Property.IsIndexerProperty()
            ? Expression.Property(entity, member)
            : Expression.Call(PropertyMethod.MakeGenericMethod(type), entity, Expression.Constant(tenant.Name));
        return Expression.Equal(property, value);
    }

    // a field of a constant becomes a parameter of the query, and so one plan serves every tenant
    private sealed class Holder
    {
        public required object Value;
    }
}
