using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Encryption;

/// <summary>
/// A column of values that are encrypted deterministically, declared once. It binds scope, entity and field, so one value
/// has other ciphertexts in other columns; it binds no record, or equality could not be searched. The names freeze into
/// ciphertext: never derive them from a class that may be renamed.
/// </summary>
/// <remarks>
/// Equal ciphertexts show equal values, so the fewer values there are, the more each one tells: with two values, a count of
/// rows gives both away. A field therefore states how many values it can take.
/// </remarks>
/// <typeparam name="T">
/// <see cref="string"/>, <see cref="byte"/>[], <see cref="int"/>, <see cref="long"/> or <see cref="Guid"/>; with a waiver <see cref="bool"/>,
/// <see cref="DateOnly"/> or an enumeration.
/// </typeparam>
public sealed class DeterministicField<T>
    where T : notnull
{
    /// <summary>Declares a field.</summary>
    /// <param name="scope">The stable protection scope, for example <c>crm</c>; not a consent purpose.</param>
    /// <param name="entity">The kind of record, for example <c>contact</c>.</param>
    /// <param name="field">The field, for example <c>email</c>.</param>
    /// <param name="distinctValues">
    /// How many different values the field can take, not how many are stored. Not needed for <see cref="Guid"/>, whose type says it.
    /// At least <see cref="DeterministicEncryptor.MinDistinctValues"/> unless there is a waiver.
    /// </param>
    /// <param name="waiver">
    /// Why a field of fewer values, or of a type that has few, is accepted: a sentence of at least five words. The default is null: none.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A name is empty, longer than 128 bytes of UTF-8 or not valid Unicode; the number of values is missing or too small, or the type
    /// has few values, and there is no waiver; or the waiver is no sentence.
    /// </exception>
    /// <exception cref="NotSupportedException">
    /// The type has no one form for a value (<see cref="float"/>, <see cref="double"/>, <see cref="decimal"/>) or is unknown here.
    /// </exception>
    public DeterministicField(string scope, string entity, string field, long? distinctValues = null, string? waiver = null)
    {
        OpaqueId.ThrowIfInvalid(scope, nameof(scope));
        OpaqueId.ThrowIfInvalid(entity, nameof(entity));
        OpaqueId.ThrowIfInvalid(field, nameof(field));
        DeterministicValue.ThrowIfUnsupported(typeof(T));
        if (waiver is not null && !WrittenReason.IsWritten(waiver))
        {
            throw new ArgumentException($"The waiver is no reason. Write a sentence of at least {WrittenReason.MinWords} words.", nameof(waiver));
        }

        if (waiver is null && DeterministicValue.HasFewValues(typeof(T)))
        {
            throw new ArgumentException(
                $"{typeof(T).Name} has so few values that counting equal ciphertexts reveals them. Encrypt the field with IFieldEncryptor and padding, or give a waiver.", nameof(waiver));
        }

        ThrowIfTooFew(distinctValues, waiver);
        (Scope, Entity, Field, DistinctValues, Waiver) = (scope, entity, field, distinctValues, waiver);
        Name = new DerivedKeyName("field-02", scope, entity, field);
    }

    /// <summary>The stable protection scope.</summary>
    public string Scope { get; }

    /// <summary>The kind of record.</summary>
    public string Entity { get; }

    /// <summary>The field.</summary>
    public string Field { get; }

    /// <summary>How many different values the field was declared to take; null if its type says it.</summary>
    public long? DistinctValues { get; }

    /// <summary>Why so few values are accepted; null if there is no waiver.</summary>
    public string? Waiver { get; }

    internal DerivedKeyName Name { get; }

    /// <summary>The names of the field.</summary>
    /// <returns>Scope, entity and field.</returns>
    public override string ToString() => $"{Scope}/{Entity}/{Field}";

    private static void ThrowIfTooFew(long? distinctValues, string? waiver)
    {
        if (distinctValues < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(distinctValues), distinctValues, "A field takes at least one value.");
        }

        if (waiver is not null)
        {
            return;
        }

        if (distinctValues is null && typeof(T) != typeof(Guid))
        {
            throw new ArgumentException($"State how many different values the field can take; {typeof(T).Name} does not say it.", nameof(distinctValues));
        }

        if (distinctValues < DeterministicEncryptor.MinDistinctValues)
        {
            throw new ArgumentOutOfRangeException(
                nameof(distinctValues),
                distinctValues,
                $"Counting equal ciphertexts reveals the values of a field with fewer than {DeterministicEncryptor.MinDistinctValues} of them. Encrypt the field with IFieldEncryptor and padding, or give a waiver.");
        }
    }
}
