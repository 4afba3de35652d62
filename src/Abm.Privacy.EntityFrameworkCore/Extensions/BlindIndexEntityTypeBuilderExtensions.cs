using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Abm.Privacy.Classification;
using Abm.Privacy.Encryption.BlindIndexes;
using Abm.Privacy.EntityFrameworkCore.BlindIndexes;
using Abm.Privacy.EntityFrameworkCore.Model;
using Abm.Privacy.EntityFrameworkCore.Revealing;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Blind indexes over protected properties, so that rows are found by values that the database never sees.</summary>
public static class BlindIndexEntityTypeBuilderExtensions
{
    /// <summary>
    /// Indexes a protected property: adds the shadow property and column <c>Property_indexname</c> and a database index over
    /// (tenant, column). The column is written by <c>SaveChangesAsync</c> when the property is, in the same statement.
    /// </summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <typeparam name="TProperty">The type of the property's clear values.</typeparam>
    /// <typeparam name="TValue">The type that is indexed.</typeparam>
    /// <param name="entity">The entity.</param>
    /// <param name="property">
    /// The property, also of a complex type or of an owned one in the same table: <c>c =&gt; c.Address.Street</c>. An owned type's
    /// column is the shadow property <c>Street_indexname</c> of that type, and its database index goes over the column alone.
    /// </param>
    /// <param name="index">The index, declared once and kept in a static field, with the frozen names of the property.</param>
    /// <param name="convert">
    /// What is indexed of a value. Null: nothing, and the value is found by no search. An exception makes the save fail and
    /// nothing is stored, which is right where only valid values may be stored.
    /// </param>
    /// <returns>The entity.</returns>
    /// <exception cref="ArgumentException">The expression names no property.</exception>
    public static EntityTypeBuilder<TEntity> HasBlindIndex<TEntity, TProperty, TValue>(
        this EntityTypeBuilder<TEntity> entity,
        Expression<Func<TEntity, Protected<TProperty>?>> property,
        BlindIndex<TValue> index,
        Func<TProperty, TValue?> convert)
        where TEntity : class
        where TProperty : notnull
        where TValue : struct
    {
        ArgumentNullException.ThrowIfNull(convert);
        return Add(entity, property, index, (TProperty value, out TValue indexed) =>
        {
            var converted = convert(value);
            indexed = converted.GetValueOrDefault();
            return converted.HasValue;
        });
    }

    /// <inheritdoc cref="HasBlindIndex{TEntity, TProperty, TValue}(EntityTypeBuilder{TEntity}, Expression{Func{TEntity, Protected{TProperty}}}, BlindIndex{TValue}, Func{TProperty, TValue?})"/>
    public static EntityTypeBuilder<TEntity> HasBlindIndex<TEntity, TProperty, TValue>(
        this EntityTypeBuilder<TEntity> entity,
        Expression<Func<TEntity, Protected<TProperty>?>> property,
        BlindIndex<TValue> index,
        Func<TProperty, TValue?> convert)
        where TEntity : class
        where TProperty : notnull
        where TValue : class
    {
        ArgumentNullException.ThrowIfNull(convert);
        return Add(entity, property, index, (TProperty value, [MaybeNullWhen(false)] out TValue indexed) => (indexed = convert(value)!) is not null);
    }

    /// <summary>Indexes a protected property by its clear value itself; see the overload with a conversion.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <typeparam name="TProperty">The type of the property's clear values.</typeparam>
    /// <param name="entity">The entity.</param>
    /// <param name="property">The property.</param>
    /// <param name="index">The index.</param>
    /// <returns>The entity.</returns>
    /// <exception cref="ArgumentException">The expression names no property.</exception>
    public static EntityTypeBuilder<TEntity> HasBlindIndex<TEntity, TProperty>(
        this EntityTypeBuilder<TEntity> entity, Expression<Func<TEntity, Protected<TProperty>?>> property, BlindIndex<TProperty> index)
        where TEntity : class
        where TProperty : notnull =>
        Add(entity, property, index, (TProperty value, [MaybeNullWhen(false)] out TProperty indexed) =>
        {
            indexed = value;
            return true;
        });

    private static EntityTypeBuilder<TEntity> Add<TEntity, TProperty, TValue>(
        EntityTypeBuilder<TEntity> entity,
        Expression<Func<TEntity, Protected<TProperty>?>> property,
        BlindIndex<TValue> index,
        IndexedValue<TProperty, TValue> convert)
        where TEntity : class
        where TProperty : notnull
        where TValue : notnull
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentNullException.ThrowIfNull(property);
        ArgumentNullException.ThrowIfNull(index);
        var path = FieldSelection.Parse(property).Paths[0];
        if (path.Length == 0)
        {
            throw new ArgumentException("Name a protected property: c => c.Email.", nameof(property));
        }

        var column = entity.Property<byte[]?>($"{path.Replace('.', '_')}_{index.Name}").HasMaxLength(index.Size).IsFixedLength().IsRequired(false);
        column.Metadata.SetValueComparer(new BlindIndexComparer(new TypedBlindIndexBinding<TProperty, TValue>(index, convert)));
        column.HasAnnotation(PrivacyAnnotations.BlindIndex, path);
        return entity;
    }
}
