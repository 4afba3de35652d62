using System.Linq.Expressions;
using Abm.Privacy.EntityFrameworkCore.Model;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Says what a model's protected values are bound to. The names freeze into what is stored.</summary>
public static class PrivacyEntityTypeBuilderExtensions
{
    /// <summary>Names a kind of record for good.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <param name="entity">The entity's builder.</param>
    /// <param name="scope">The stable protection scope, for example <c>crm</c>: 1 to 128 bytes of UTF-8.</param>
    /// <param name="name">The frozen name, for example <c>contact</c>: 1 to 128 bytes of UTF-8.</param>
    /// <returns>The same builder.</returns>
    public static EntityTypeBuilder<TEntity> HasPrivacyName<TEntity>(this EntityTypeBuilder<TEntity> entity, string scope, string name)
        where TEntity : class
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentException.ThrowIfNullOrEmpty(scope);
        ArgumentException.ThrowIfNullOrEmpty(name);
        entity.Metadata.SetAnnotation(PrivacyAnnotations.Scope, scope);
        entity.Metadata.SetAnnotation(PrivacyAnnotations.Entity, name);
        return entity;
    }

    /// <summary>Says which property holds the tenant: a text, a whole number, a Guid or a <see cref="Abm.Privacy.Identifiers.TenantId"/>.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <param name="entity">The entity's builder.</param>
    /// <param name="tenant">The property: <c>c => c.TenantId</c>.</param>
    /// <returns>The same builder.</returns>
    public static EntityTypeBuilder<TEntity> HasTenant<TEntity>(this EntityTypeBuilder<TEntity> entity, Expression<Func<TEntity, object?>> tenant)
        where TEntity : class => Set(entity, PrivacyAnnotations.Tenant, tenant);

    /// <summary>Says which property holds the person's id: a text, a whole number, a Guid or a <see cref="Abm.Privacy.Identifiers.SubjectId"/>.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <param name="entity">The entity's builder.</param>
    /// <param name="subject">The property: <c>c => c.SubjectId</c>; may be the key itself.</param>
    /// <returns>The same builder.</returns>
    public static EntityTypeBuilder<TEntity> HasSubject<TEntity>(this EntityTypeBuilder<TEntity> entity, Expression<Func<TEntity, object?>> subject)
        where TEntity : class => Set(entity, PrivacyAnnotations.Subject, subject);

    /// <summary>
    /// Binds protected values to a Guid property instead of the primary key. It is made when a new record is saved and never
    /// changes. For entities whose key the database makes, and that are revealed without tracking.
    /// </summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <param name="entity">The entity's builder.</param>
    /// <param name="record">The property: <c>c => c.RowId</c>.</param>
    /// <returns>The same builder.</returns>
    public static EntityTypeBuilder<TEntity> HasRecord<TEntity>(this EntityTypeBuilder<TEntity> entity, Expression<Func<TEntity, Guid>> record)
        where TEntity : class => Set(entity, PrivacyAnnotations.Record, record);

    private static EntityTypeBuilder<TEntity> Set<TEntity>(EntityTypeBuilder<TEntity> entity, string annotation, LambdaExpression property)
        where TEntity : class
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentNullException.ThrowIfNull(property);
        entity.Metadata.SetAnnotation(annotation, property.GetMemberAccess().Name);
        return entity;
    }
}
