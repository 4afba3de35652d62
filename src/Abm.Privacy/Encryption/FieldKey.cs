using Abm.Privacy.Cryptography;
using Abm.Privacy.Identifiers;
using Abm.Privacy.Keys;

namespace Abm.Privacy.Encryption;

/// <summary>Derives the key of one field and suite from a data key, and writes what the associated data has in common.</summary>
internal static class FieldKey
{
    private static ReadOnlySpan<byte> Label => "abm.privacy/v1/field-key"u8;

    /// <summary>Fills the destination, whose length the suite decides.</summary>
    public static void Derive(SecretKey key, byte suite, TenantId tenant, in DerivedKeyName field, Span<byte> derived)
    {
        Span<byte> buffer = stackalloc byte[
            ContextEncoding.GetMaxLength(Label.Length, 1, OpaqueId.MaxBytes, OpaqueId.MaxBytes, OpaqueId.MaxBytes, OpaqueId.MaxBytes)];
        var encoding = new ContextEncoding(buffer, Label, parts: 5);
        encoding.Add([suite]);
        Add(ref encoding, tenant, field);
        key.Derive(encoding.Written, derived);
    }

    /// <summary>Adds tenant, scope, entity and field.</summary>
    public static void Add(ref ContextEncoding encoding, TenantId tenant, in DerivedKeyName field)
    {
        encoding.Add(tenant.Value);
        encoding.Add(field.First);
        encoding.Add(field.Second);
        encoding.Add(field.Third);
    }
}
