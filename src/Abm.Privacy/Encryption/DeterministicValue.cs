using System.Buffers.Binary;
using System.Text;

namespace Abm.Privacy.Encryption;

/// <summary>
/// The binary form of a value that is encrypted deterministically. One value has one form: text as strict UTF-8, bytes as they are,
/// <see cref="int"/> and <see cref="DateOnly"/> (its day number) as 4 bytes, <see cref="long"/> and enumerations (the underlying
/// number) as 8 bytes, big-endian two's complement; <see cref="bool"/> as one byte; <see cref="Guid"/> as the 16 bytes of its text.
/// </summary>
internal static class DeterministicValue
{
    public static void ThrowIfUnsupported(Type type)
    {
        if (type != typeof(string) && type != typeof(byte[]) && FixedLength(type) == 0)
        {
            throw new NotSupportedException(
                $"{type.Name} has no one binary form for a value, so equal values might not be found. Use string, byte[], int, long or Guid, or convert the value to text yourself.");
        }
    }

    public static bool HasFewValues(Type type) => type == typeof(bool) || type == typeof(DateOnly) || type.IsEnum;

    public static int GetLength<T>(T value) => value switch
    {
        null => throw new ArgumentNullException(nameof(value)),
        string text => GetTextLength(text),
        byte[] bytes => bytes.Length,
        _ => FixedLength(typeof(T)),
    };

    /// <summary>Writes exactly <see cref="GetLength"/> bytes.</summary>
    public static void Write<T>(T value, Span<byte> destination)
    {
        switch (value)
        {
            case string text:
                StrictUtf8.Encoding.GetBytes(text, destination);
                break;
            case byte[] bytes:
                bytes.CopyTo(destination);
                break;
            case int number:
                BinaryPrimitives.WriteInt32BigEndian(destination, number);
                break;
            case long number:
                BinaryPrimitives.WriteInt64BigEndian(destination, number);
                break;
            case Guid id:
                id.TryWriteBytes(destination, bigEndian: true, out _);
                break;
            case DateOnly date:
                BinaryPrimitives.WriteInt32BigEndian(destination, date.DayNumber);
                break;
            case bool truth:
                destination[0] = truth ? (byte)1 : (byte)0;
                break;
            case Enum number:
                BinaryPrimitives.WriteInt64BigEndian(destination, EnumNumber.Of(number));
                break;
            default:
                throw new NotSupportedException($"{typeof(T).Name} is not supported.");
        }
    }

    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.FormatUnknown"/>: the bytes are no value of this type.</exception>
    public static T Read<T>(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return (T)ReadValue(typeof(T), bytes);
        }
        catch (Exception error) when (error is ArgumentException or OverflowException)
        {
            throw new PrivacyException(
                PrivacyErrorCode.FormatUnknown,
                $"The decrypted value is no {typeof(T).Name}. Check that the field still has the type that the value was stored with.");
        }
    }

    private static object ReadValue(Type type, ReadOnlySpan<byte> bytes)
    {
        if (type == typeof(string))
        {
            return StrictUtf8.Encoding.GetString(bytes); // DecoderFallbackException is an ArgumentException
        }

        if (type == typeof(byte[]))
        {
            return bytes.ToArray();
        }

        if (bytes.Length != FixedLength(type) || (type == typeof(bool) && bytes[0] > 1))
        {
            throw new ArgumentException("Another length or value.", nameof(bytes));
        }

        return type switch
        {
            _ when type.IsEnum => Enum.ToObject(type, BinaryPrimitives.ReadInt64BigEndian(bytes)),
            _ when type == typeof(int) => BinaryPrimitives.ReadInt32BigEndian(bytes),
            _ when type == typeof(long) => BinaryPrimitives.ReadInt64BigEndian(bytes),
            _ when type == typeof(DateOnly) => DateOnly.FromDayNumber(BinaryPrimitives.ReadInt32BigEndian(bytes)),
            _ when type == typeof(bool) => bytes[0] == 1,
            _ => new Guid(bytes, bigEndian: true),
        };
    }

    private static int FixedLength(Type type) => type switch
    {
        _ when type.IsEnum || type == typeof(long) => sizeof(long),
        _ when type == typeof(int) || type == typeof(DateOnly) => sizeof(int),
        _ when type == typeof(Guid) => 16,
        _ when type == typeof(bool) => 1,
        _ => 0,
    };

    private static int GetTextLength(string text)
    {
        try
        {
            return StrictUtf8.Encoding.GetByteCount(text);
        }
        catch (EncoderFallbackException)
        {
            throw new ArgumentException("The text holds half of a surrogate pair and would not come back as it is. Repair it first.", nameof(text));
        }
    }
}
