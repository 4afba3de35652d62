using System.ComponentModel;
using System.Text.Json;

namespace Abm.Privacy.Masking.Objects;

/// <summary>
/// How objects of one type are masked. It is made by the source generator for every type with classified members; an
/// application calls the methods that are generated beside it: <c>MaskedCopy</c>, <c>WriteMasked</c> and <c>Masked</c>.
/// </summary>
/// <typeparam name="T">The type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ObjectMask<T>
{
    private static ObjectMask<T>? _registered;

    /// <summary>What the assembly that declares the type has registered, for generic types that hold values of it.</summary>
    internal static ObjectMask<T>? Registered
    {
        get => Volatile.Read(ref _registered);
        set => Volatile.Write(ref _registered, value);
    }

    /// <summary>A new object that holds masked values only.</summary>
    /// <param name="value">The object.</param>
    /// <param name="masker">How values are masked.</param>
    /// <param name="path">The objects that this one stands in; null at the top.</param>
    /// <returns>The masked object.</returns>
    /// <exception cref="InvalidOperationException">Objects refer to themselves, or stand in one another too deep.</exception>
    public abstract T Copy(T value, IMasker masker, ObjectPath? path);

    /// <summary>Writes the object as JSON with masked values.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The object.</param>
    /// <param name="masker">How values are masked.</param>
    /// <param name="path">The objects that this one stands in; null at the top.</param>
    /// <exception cref="InvalidOperationException">Objects refer to themselves, or stand in one another too deep.</exception>
    public abstract void Write(Utf8JsonWriter writer, T value, IMasker masker, ObjectPath? path);

    /// <summary>Writes the object as text with masked values.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The object.</param>
    /// <param name="masker">How values are masked.</param>
    /// <param name="path">The objects that this one stands in; null at the top.</param>
    public abstract void Format(ref MaskedTextWriter writer, T value, IMasker masker, ObjectPath? path);
}
