using System.Globalization;
using System.Numerics;
using System.Text;
using Abm.Privacy.Identifiers;

namespace Abm.Privacy.Encryption;

/// <summary>
/// A record's key as the canonical text that <see cref="FieldContext"/> binds. The same key always gives the same text, on
/// every machine and in every culture; it freezes into ciphertext.
/// </summary>
/// <remarks>
/// Text as it is; <see cref="Guid"/> in format D, lower case; integers of every width in decimal digits; enumerations as their underlying
/// number; <see cref="bool"/> as <c>true</c> or <c>false</c>; <see cref="DateOnly"/> as <c>yyyy-MM-dd</c>; bytes as lower-case
/// hexadecimal digits. A key of several parts is, for each part, the decimal number of its bytes of UTF-8, a colon and the part.
/// </remarks>
public static class RecordKey
{
    /// <summary>The text of a key of one part.</summary>
    /// <typeparam name="T">The key's type, or <see cref="object"/>.</typeparam>
    /// <param name="key">The key.</param>
    /// <returns>1 to 512 bytes of UTF-8.</returns>
    /// <exception cref="ArgumentException">The text is empty, longer than <see cref="FieldContext.MaxRecordLength"/> bytes or not valid Unicode.</exception>
    /// <exception cref="NotSupportedException">
    /// The type has no one text for a value that every store gives back: <see cref="decimal"/>, <see cref="float"/>, <see cref="double"/>, points
    /// in time. Convert the key to text or a number yourself.
    /// </exception>
    public static string Of<T>(T key)
    {
        var text = ToText(key, nameof(key));
        OpaqueId.ThrowIfInvalid(text, nameof(key), FieldContext.MaxRecordLength);
        return text;
    }

    /// <summary>The text of a key of several parts.</summary>
    /// <param name="parts">At least two parts, in the order of the key's definition; a part may be an empty text.</param>
    /// <returns>At most 512 bytes of UTF-8.</returns>
    /// <exception cref="ArgumentException">
    /// There are fewer than two parts, or a part is null or not valid Unicode, or the text is longer than <see cref="FieldContext.MaxRecordLength"/> bytes.
    /// </exception>
    /// <exception cref="NotSupportedException">The type of a part has no one text; see <see cref="Of"/>.</exception>
    public static string OfParts(params IReadOnlyList<object?> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count < 2)
        {
            throw new ArgumentException("A key of several parts has at least two. Use Of for a key of one part.", nameof(parts));
        }

        var text = new StringBuilder();
        foreach (var part in parts)
        {
            var one = ToText(part, nameof(parts));
            text.Append(CultureInfo.InvariantCulture, $"{CountBytes(one, nameof(parts))}:").Append(one);
        }

        var whole = text.ToString();
        OpaqueId.ThrowIfInvalid(whole, nameof(parts), FieldContext.MaxRecordLength);
        return whole;
    }

    private static string ToText<T>(T key, string parameter) => key switch
    {
        null => throw new ArgumentNullException(parameter, "A record without a key has no place to bind a value to. Assign the key first."),
        string text => text,
        char letter => letter.ToString(),
        Guid id => id.ToString("D"),
        TenantId id => id.Value,
        SubjectId id => id.Value,
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToHexStringLower(bytes),
        Enum number => EnumNumber.ToText(number),
        bool truth => truth ? "true" : "false",
        sbyte or byte or short or ushort or int or uint or long or ulong or Int128 or UInt128 or BigInteger =>
            ((IFormattable)key).ToString("D", CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException(
            $"{key.GetType().Name} has no one text for a key that every store gives back. Convert the key to text or to a whole number yourself."),
    };

    private static int CountBytes(string text, string parameter)
    {
        try
        {
            return StrictUtf8.Encoding.GetByteCount(text);
        }
        catch (EncoderFallbackException)
        {
            throw new ArgumentException("A part holds half of a surrogate pair. Use valid Unicode text.", parameter);
        }
    }
}
