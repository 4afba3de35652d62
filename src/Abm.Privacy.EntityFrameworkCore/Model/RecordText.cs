using System.Globalization;
using System.Text;
using Abm.Privacy.Identifiers;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Abm.Privacy.EntityFrameworkCore.Model;

/// <summary>
/// The canonical text of a record's key: a Guid in format D, a whole number as invariant decimal, a text as it is; of a
/// composite key each part as its length in bytes of UTF-8, a colon and the part.
/// </summary>
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
    public static string? Of(object? value) => value switch
    {
        null => null,
        Guid id => id == Guid.Empty ? null : id.ToString("D"),
        string text => text.Length == 0 ? null : text,
        TenantId id => id == default ? null : id.Value,
        SubjectId id => id == default ? null : id.Value,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException("The key is of a type that has no canonical text."),
    };

    public static string Join(ReadOnlySpan<string> parts)
    {
        if (parts.Length == 1)
        {
            return parts[0];
        }

        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(part)}:{part}");
        }

        return text.ToString();
    }
}
