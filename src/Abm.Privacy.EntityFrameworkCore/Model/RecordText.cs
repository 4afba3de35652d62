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
