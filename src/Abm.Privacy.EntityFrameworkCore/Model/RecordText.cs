using System.Globalization;
using System.Text;
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

    /// <summary>The value of a supported type that has the text.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static object Parse(Type type, string text)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        try
        {
            return type switch
            {
                _ when type == typeof(string) => text,
                _ when type == typeof(Guid) => Guid.Parse(text),
                _ when type == typeof(TenantId) => new TenantId(text),
                _ when type == typeof(SubjectId) => new SubjectId(text),
                _ => Convert.ChangeType(decimal.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), type, CultureInfo.InvariantCulture),
            };
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            throw new ArgumentException($"The id is not the text of a {type.Name}, which the property holds.", nameof(text), error);
        }
    }

    /// <summary>The parts that <see cref="Join"/> put together.</summary>
    /// <exception cref="ArgumentException">It put together no such number of parts.</exception>
    public static IReadOnlyList<string> Split(string text, int count)
    {
        if (count == 1)
        {
            return [text];
        }

        var (bytes, parts) = (Encoding.UTF8.GetBytes(text), new List<string>(count));
        for (var rest = bytes.AsSpan(); rest.Length > 0;)
        {
            var colon = rest.IndexOf((byte)':');
            if (colon < 1 || !int.TryParse(rest[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > rest.Length - colon - 1)
            {
                break;
            }

            parts.Add(Encoding.UTF8.GetString(rest.Slice(colon + 1, length)));
            rest = rest[(colon + 1 + length)..];
        }

        return parts.Count == count ? parts : throw new ArgumentException("The text is none that stands for a record's key here.", nameof(text));
    }
}
