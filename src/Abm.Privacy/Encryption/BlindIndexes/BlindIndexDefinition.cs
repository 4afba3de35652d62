using System.Globalization;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Encryption.BlindIndexes;

/// <summary>
/// What every blind index is made of: the names and the transform that enter its key, and its length. The names freeze into
/// stored values: never derive them from a class that may be renamed. Immutable.
/// </summary>
public abstract class BlindIndexDefinition
{
    /// <summary>The shortest index value in bits.</summary>
    public const int MinBits = 8;

    /// <summary>The longest index value in bits: the whole HMAC-SHA-256.</summary>
    public const int MaxBits = 256;

    /// <summary>
    /// The length in bits if none is stated: practically no false matches, so every equality shows. See
    /// <see cref="BlindIndexPlanner"/> for a shorter one.
    /// </summary>
    public const int DefaultBits = 64;

    /// <summary>An index over fewer possible values than this needs a stated reason: a reader of the column could guess them by frequency.</summary>
    public const int MinDomainSize = 10_000;

    private protected BlindIndexDefinition(
        string entity, string field, string name, string transformId, long? domainSize, int bits, string? leakageAccepted)
    {
        OpaqueId.ThrowIfInvalid(entity, nameof(entity));
        OpaqueId.ThrowIfInvalid(field, nameof(field));
        OpaqueId.ThrowIfInvalid(name, nameof(name));
        TransformName.ThrowIfInvalid(transformId);
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, MinBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, MaxBits);
        if (domainSize < 1)
        {
            throw new ArgumentException("The transform states a DomainSize below 1. State how many normal texts there can be, or null.");
        }

        if (leakageAccepted is null ? domainSize < MinDomainSize : string.IsNullOrWhiteSpace(leakageAccepted))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The index is over {domainSize?.ToString(CultureInfo.InvariantCulture) ?? "an unknown number of"} possible values; with fewer than {MinDomainSize} the stored values can be guessed by how often each occurs. Do not index the field, or state in leakageAccepted why that is acceptable."),
                nameof(leakageAccepted));
        }

        (Entity, Field, Name, TransformId, DomainSize, Bits, LeakageAccepted) = (entity, field, name, transformId, domainSize, bits, leakageAccepted);

        // an id holds no line break, so the last one tells name and id apart
        KeyName = new DerivedKeyName("index", entity, field, $"{name}\n{transformId}");
    }

    /// <summary>The kind of record, for example <c>contact</c>.</summary>
    public string Entity { get; }

    /// <summary>The field, for example <c>email</c>.</summary>
    public string Field { get; }

    /// <summary>The index's own name; two indexes of one field have two names and so two keys.</summary>
    public string Name { get; }

    /// <summary>The name and version of the transform, which enter the key.</summary>
    public string TransformId { get; }

    /// <summary>How many different normal texts there can be; null where nothing limits them.</summary>
    public long? DomainSize { get; }

    /// <summary>The length of an index value in bits.</summary>
    public int Bits { get; }

    /// <summary>The length of an index value in bytes: whole bytes, with the unused low bits of the last one clear.</summary>
    public int Size => (Bits + 7) / 8;

    /// <summary>Why an index over few possible values is acceptable, as it was stated; null if nothing was.</summary>
    public string? LeakageAccepted { get; }

    internal DerivedKeyName KeyName { get; }

    /// <summary>The names, the transform and the length.</summary>
    /// <returns>For example <c>contact/email/email_eq (email-v1, 64 bits)</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Entity}/{Field}/{Name} ({TransformId}, {Bits} bits)");
}
