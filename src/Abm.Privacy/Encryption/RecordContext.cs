using System.Diagnostics;
using System.Text.Json.Serialization;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Encryption;

/// <summary>
/// One record: tenant, scope, entity and key. It gives the <see cref="FieldContext"/> of each of its fields, and is what a
/// <see cref="RecordSeal"/> binds. The default value is no record and is refused everywhere.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public readonly record struct RecordContext
{
    /// <summary>Names a record.</summary>
    /// <param name="tenant">The tenant whose data it is.</param>
    /// <param name="scope">The stable protection scope, for example <c>crm</c>; not a consent purpose.</param>
    /// <param name="entity">The kind of record, for example <c>contact</c>.</param>
    /// <param name="record">The record's key as canonical text; see <see cref="RecordKey"/>.</param>
    /// <exception cref="ArgumentException">
    /// A part is empty, too long (names 128 bytes of UTF-8, record <see cref="FieldContext.MaxRecordLength"/> bytes) or not valid Unicode.
    /// </exception>
    public RecordContext(TenantId tenant, string scope, string entity, string record)
    {
        _ = tenant.Value; // an id that was never set is no context
        OpaqueId.ThrowIfInvalid(scope, nameof(scope));
        OpaqueId.ThrowIfInvalid(entity, nameof(entity));
        OpaqueId.ThrowIfInvalid(record, nameof(record), FieldContext.MaxRecordLength);
        (Tenant, Scope, Entity, Record) = (tenant, scope, entity, record);
    }

    /// <summary>The tenant whose data it is.</summary>
    public TenantId Tenant { get; }

    /// <summary>The stable protection scope.</summary>
    public string Scope { get; }

    /// <summary>The kind of record.</summary>
    public string Entity { get; }

    /// <summary>The record's key as canonical text. It may name a person, so it stays out of text, debuggers and JSON.</summary>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Record { get; }

    /// <summary>The place of one of the record's fields.</summary>
    /// <param name="field">The field, for example <c>email</c>.</param>
    /// <returns>The context.</returns>
    /// <exception cref="ArgumentException">The name is empty, longer than 128 bytes of UTF-8 or not valid Unicode.</exception>
    public FieldContext Field(string field) => new(Tenant, Scope, Entity, field, Record);

    /// <summary>The record's place without its key, which may name a person.</summary>
    /// <returns>Tenant, scope and entity.</returns>
    public override string ToString() => $"{Tenant}/{Scope}/{Entity}";
}
