using Abm.Privacy.Encryption;
using Abm.Privacy.EntityFrameworkCore.Model;
using Abm.Privacy.Keys;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Names protected properties for good, and what they stand in.</summary>
public static class PrivacyPropertyBuilderExtensions
{
    /// <summary>Names a protected property for good.</summary>
    /// <typeparam name="TProperty">The property's type.</typeparam>
    /// <param name="property">The property's builder.</param>
    /// <param name="name">The frozen name, for example <c>email</c>: 1 to 128 bytes of UTF-8.</param>
    /// <returns>The same builder.</returns>
    public static PropertyBuilder<TProperty> HasPrivacyName<TProperty>(this PropertyBuilder<TProperty> property, string name)
    {
        ArgumentNullException.ThrowIfNull(property);
        ArgumentException.ThrowIfNullOrEmpty(name);
        property.Metadata.SetAnnotation(PrivacyAnnotations.Name, name);
        return property;
    }

    /// <summary>Names a protected property of a complex type for good.</summary>
    /// <typeparam name="TProperty">The property's type.</typeparam>
    /// <param name="property">The property's builder.</param>
    /// <param name="name">The frozen name, for example <c>street</c>: 1 to 128 bytes of UTF-8.</param>
    /// <returns>The same builder.</returns>
    public static ComplexTypePropertyBuilder<TProperty> HasPrivacyName<TProperty>(this ComplexTypePropertyBuilder<TProperty> property, string name)
    {
        ArgumentNullException.ThrowIfNull(property);
        ArgumentException.ThrowIfNullOrEmpty(name);
        property.Metadata.SetAnnotation(PrivacyAnnotations.Name, name);
        return property;
    }

    /// <summary>
    /// Hides how long a protected property's values are: they are filled up before they are encrypted. It may be changed at any
    /// time; a rewrap brings what is stored in line.
    /// </summary>
    /// <typeparam name="TProperty">The property's type.</typeparam>
    /// <param name="property">The property's builder.</param>
    /// <param name="padding">To what: <c>Padding.ToMultipleOf(64)</c>. <see cref="Padding.None"/> leaves what is stored as it is and pads nothing new.</param>
    /// <returns>The same builder.</returns>
    public static PropertyBuilder<TProperty> HasPadding<TProperty>(this PropertyBuilder<TProperty> property, Padding padding)
    {
        ArgumentNullException.ThrowIfNull(property);
        property.Metadata.SetAnnotation(PrivacyAnnotations.Padding, padding.Bucket);
        return property;
    }

    /// <inheritdoc cref="HasPadding{TProperty}(PropertyBuilder{TProperty}, Padding)"/>
    public static ComplexTypePropertyBuilder<TProperty> HasPadding<TProperty>(this ComplexTypePropertyBuilder<TProperty> property, Padding padding)
    {
        ArgumentNullException.ThrowIfNull(property);
        property.Metadata.SetAnnotation(PrivacyAnnotations.Padding, padding.Bucket);
        return property;
    }

    /// <summary>Sets a name before the names of everything protected in a complex property.</summary>
    /// <typeparam name="TComplex">The complex type.</typeparam>
    /// <param name="complex">The complex property's builder.</param>
    /// <param name="name">The frozen name, for example <c>home</c>, which makes <c>home.street</c>.</param>
    /// <returns>The same builder.</returns>
    public static ComplexPropertyBuilder<TComplex> HasPrivacyName<TComplex>(this ComplexPropertyBuilder<TComplex> complex, string name)
        where TComplex : notnull
    {
        ArgumentNullException.ThrowIfNull(complex);
        ArgumentException.ThrowIfNullOrEmpty(name);
        complex.Metadata.SetAnnotation(PrivacyAnnotations.Name, name);
        return complex;
    }

    /// <summary>Sets a name before the names of everything protected in an owned type.</summary>
    /// <typeparam name="TOwner">The owner.</typeparam>
    /// <typeparam name="TOwned">The owned type.</typeparam>
    /// <param name="owned">The owned type's builder.</param>
    /// <param name="name">The frozen name, for example <c>home</c>, which makes <c>home.street</c>.</param>
    /// <returns>The same builder.</returns>
    public static OwnedNavigationBuilder<TOwner, TOwned> HasPrivacyName<TOwner, TOwned>(this OwnedNavigationBuilder<TOwner, TOwned> owned, string name)
        where TOwner : class
        where TOwned : class
    {
        ArgumentNullException.ThrowIfNull(owned);
        ArgumentException.ThrowIfNullOrEmpty(name);
        owned.OwnedEntityType.SetAnnotation(PrivacyAnnotations.Name, name);
        return owned;
    }

    /// <summary>
    /// Says that a column derives from its subject's protected values, such as a deterministic encryption or a clear copy of
    /// an older version: an erasure of the subject lists it and sets it to null.
    /// </summary>
    /// <typeparam name="TProperty">The property's type.</typeparam>
    /// <param name="property">The property, of an entity that holds protected values.</param>
    /// <param name="kind">What it is.</param>
    /// <returns>The property.</returns>
    public static PropertyBuilder<TProperty> IsErasedWithSubject<TProperty>(this PropertyBuilder<TProperty> property, DerivedArtefactKind kind)
    {
        ArgumentNullException.ThrowIfNull(property);
        property.IsRequired(false).Metadata.SetAnnotation(PrivacyAnnotations.Artefact, (int)kind);
        return property;
    }
}
