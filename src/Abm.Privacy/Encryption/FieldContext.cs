using System.Diagnostics;
using System.Text.Json.Serialization;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Encryption;

/// <summary>
/// Where a protected value stands: tenant, scope, entity, field and record. Every part is bound into the envelope, so a
/// value that is moved anywhere else does not decrypt. The names freeze into ciphertext: never derive them from a class
/// that may be renamed. The default value is no context and is refused everywhere.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public readonly struct FieldContext : IEquatable<FieldContext>
{
    /// <summary>The greatest length of a record's text, in bytes of UTF-8.</summary>
    public const int MaxRecordLength = 512;

    /// <summary>Creates a context.</summary>
    /// <param name="tenant">The tenant whose data it is.</param>
    /// <param name="scope">The stable protection scope, for example <c>crm</c>; not a consent purpose.</param>
    /// <param name="entity">The kind of record, for example <c>contact</c>.</param>
    /// <param name="field">The field, for example <c>email</c>.</param>
    /// <param name="record">The record's key as canonical text.</param>
    /// <exception cref="ArgumentException">
    /// A part is empty, too long (names 128 bytes of UTF-8, record <see cref="MaxRecordLength"/> bytes) or not valid Unicode.
    /// </exception>
    public FieldContext(TenantId tenant, string scope, string entity, string field, string record)
    {
        _ = tenant.Value; // an id that was never set is no context
        OpaqueId.ThrowIfInvalid(scope, nameof(scope));
        OpaqueId.ThrowIfInvalid(entity, nameof(entity));
        OpaqueId.ThrowIfInvalid(field, nameof(field));
        OpaqueId.ThrowIfInvalid(record, nameof(record), MaxRecordLength);
        (Tenant, Scope, Entity, Field, Record) = (tenant, scope, entity, field, record);
    }

    private FieldContext(FieldContext other, string record) =>
        (Tenant, Scope, Entity, Field, Record) = (other.Tenant, other.Scope, other.Entity, other.Field, record);

    /// <summary>The tenant whose data it is.</summary>
    public TenantId Tenant { get; }

    /// <summary>The stable protection scope.</summary>
    public string Scope { get; }

    /// <summary>The kind of record.</summary>
    public string Entity { get; }

    /// <summary>The field.</summary>
    public string Field { get; }

    /// <summary>The record's key as canonical text. It may name a person, so it stays out of text, debuggers and JSON.</summary>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Record { get; }

    /// <summary>The same field of another record.</summary>
    /// <param name="record">The record's key as canonical text.</param>
    /// <returns>The context.</returns>
    /// <exception cref="ArgumentException">The record is empty, too long or not valid Unicode.</exception>
    public FieldContext ForRecord(string record)
    {
        OpaqueId.ThrowIfInvalid(record, nameof(record), MaxRecordLength);
        return new FieldContext(this, record);
    }

    /// <summary>Compares two contexts part by part.</summary>
    /// <param name="left">One context.</param>
    /// <param name="right">The other context.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(FieldContext left, FieldContext right) => left.Equals(right);

    /// <summary>Compares two contexts part by part.</summary>
    /// <param name="left">One context.</param>
    /// <param name="right">The other context.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(FieldContext left, FieldContext right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(FieldContext other) =>
        Tenant == other.Tenant && Scope == other.Scope && Entity == other.Entity && Field == other.Field && Record == other.Record;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FieldContext other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Tenant, Scope, Entity, Field, Record);

    /// <summary>The context without the record, which may name a person.</summary>
    /// <returns>Tenant, scope, entity and field.</returns>
    public override string ToString() => $"{Tenant}/{Scope}/{Entity}/{Field}";
}
