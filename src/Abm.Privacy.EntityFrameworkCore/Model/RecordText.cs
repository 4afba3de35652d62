using Abm.Privacy.Encryption;
using Abm.Privacy.Identifiers;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Abm.Privacy.EntityFrameworkCore.Model;

/// <summary>The text of a row's key, which <see cref="RecordKey"/> gives, for the types that a database generates or an application sets.</summary>
internal static class RecordText
{
    public static bool IsSupported(IReadOnlyProperty property) =>
        IsSupported(property.ClrType) || IsSupported(property.GetValueConverter()?.ProviderClrType);

    public static bool IsSupported(Type? type)
    {
        type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(Guid) || type == typeof(string) || type == typeof(TenantId) || type == typeof(SubjectId)
            || type == typeof(int) || type == typeof(long) || type == typeof(short) || type == typeof(byte)
            || type == typeof(uint) || type == typeof(ulong) || type == typeof(ushort) || type == typeof(sbyte);
    }

    /// <summary>The text of one value; null for a missing one.</summary>
    public static string? Of(object? value) => IsMissing(value) ? null : RecordKey.Of(value);

    public static string Join(ReadOnlySpan<string> parts) => parts.Length == 1 ? parts[0] : RecordKey.OfParts([.. parts]);

    private static bool IsMissing(object? value) => value switch
    {
        null or "" => true,
        Guid id => id == Guid.Empty,
        TenantId id => id == default,
        SubjectId id => id == default,
        _ => false,
    };
}
