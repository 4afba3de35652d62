using System.Linq.Expressions;
using Abm.Privacy;
using Abm.Privacy.Classification;
using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.EntityFrameworkCore.BlindIndexes;
using Abm.Privacy.EntityFrameworkCore.Searching;
using Abm.Privacy.Identifiers;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Searches for protected values.</summary>
public static class PrivacySearchExtensions
{
    /// <summary>
    /// Searches one tenant's rows for a protected value, through the property's blind index of whole values. The tenant is part of the
    /// database's condition; nothing is read before the search is asked for its results.
    /// </summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <typeparam name="TProperty">The type of the property's clear values.</typeparam>
    /// <param name="query">Where to search; with further conditions, Include, AsNoTracking and an order as usual.</param>
    /// <param name="context">The query's context.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="property">The property: <c>c =&gt; c.Email</c>.</param>
    /// <param name="value">A value; every value with the same normal text is found.</param>
    /// <returns>The search.</returns>
    /// <exception cref="ArgumentException">The property is not protected, or has no such index or several.</exception>
    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.IdentifierInvalid"/>: nothing of the value is indexed.</exception>
    public static ProtectedSearch<TEntity> WhereProtected<TEntity, TProperty>(
        this IQueryable<TEntity> query,
        DbContext context,
        TenantId tenant,
        Expression<Func<TEntity, Protected<TProperty>?>> property,
        TProperty value)
        where TEntity : class
        where TProperty : notnull
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(property);
        ArgumentNullException.ThrowIfNull(value);
        _ = tenant.Value;
        var column = SearchedColumn.Find(context, typeof(TEntity), property, isWanted: null);
        var term = ((TypedBlindIndexBinding<TProperty>)column.Index.Binding).Find(value);
        return new TypedProtectedSearch<TEntity, TProperty>(context, query, tenant, column, property, term);
    }

    /// <summary>
    /// Searches one tenant's rows through a blind index that is named by a query of it: a value, or a part such as a domain.
    /// </summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <typeparam name="TProperty">The type of the property's clear values.</typeparam>
    /// <typeparam name="TValue">The type that is indexed.</typeparam>
    /// <param name="query">Where to search.</param>
    /// <param name="context">The query's context.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="property">The property.</param>
    /// <param name="wanted">What to search for: <c>index.Find(value)</c> or <c>index.FindPart(part)</c>.</param>
    /// <returns>The search.</returns>
    /// <exception cref="ArgumentException">The property is not protected, or has no column of that index.</exception>
    public static ProtectedSearch<TEntity> WhereProtected<TEntity, TProperty, TValue>(
        this IQueryable<TEntity> query,
        DbContext context,
        TenantId tenant,
        Expression<Func<TEntity, Protected<TProperty>?>> property,
        BlindIndexQuery<TValue> wanted)
        where TEntity : class
        where TProperty : notnull
        where TValue : notnull
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(property);
        ArgumentNullException.ThrowIfNull(wanted);
        _ = tenant.Value;
        var column = SearchedColumn.Find(context, typeof(TEntity), property, binding => ReferenceEquals(binding.Index, wanted.Index));
        var term = ((TypedBlindIndexBinding<TProperty, TValue>)column.Index.Binding).Find(wanted);
        return new TypedProtectedSearch<TEntity, TProperty>(context, query, tenant, column, property, term);
    }
}
