using System.Buffers.Binary;

namespace Abm.Privacy.Classification;

/// <summary>
/// The stable binary form of a protected value: text as strict UTF-8, bytes as they are, <see cref="int"/> and
/// <see cref="long"/> as 4 and 8 bytes two's complement, <see cref="decimal"/> as 16 bytes (flags, high, middle, low word),
/// <see cref="DateOnly"/> as the 4-byte day number since 0001-01-01, <see cref="DateTimeOffset"/> as 8 bytes of UTC ticks
/// (100 ns since 0001-01-01) and 2 bytes of offset in minutes, <see cref="Guid"/> as the 16 bytes of its text. Every number
/// is big-endian.
/// </summary>
internal static class ProtectedFormat
{
    public static void ThrowIfUnsupported<T>()
    {
        if (typeof(T) != typeof(string) && typeof(T) != typeof(byte[]) && FixedLength<T>() == 0)
        {
            throw new NotSupportedException(
                $"Protected<{typeof(T).Name}> is not supported. Use string, byte[], int, long, decimal, DateOnly, DateTimeOffset or Guid.");
        }
    }

    /// <summary>The value as this library may keep it or hand it out: bytes are copied, text is checked.</summary>
    public static T Own<T>(T value)
    {
        if (value is byte[] bytes)
        {
            return (T)(object)bytes.ToArray();
        }

        if (value is string text)
        {
            StrictUtf8.CountBytes(text, nameof(value));
        }

        return value;
    }

    public static int GetLength<T>(T value) => value switch
    {
        string text => StrictUtf8.CountBytes(text, nameof(value)),
        byte[] bytes => bytes.Length,
        _ => FixedLength<T>(),
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
            case decimal number:
                WriteDecimal(number, destination);
                break;
            case DateOnly date:
                BinaryPrimitives.WriteInt32BigEndian(destination, date.DayNumber);
                break;
            case DateTimeOffset instant:
                BinaryPrimitives.WriteInt64BigEndian(destination, instant.UtcTicks);
                BinaryPrimitives.WriteInt16BigEndian(destination[sizeof(long)..], (short)instant.TotalOffsetMinutes);
                break;
            case Guid id:
                id.TryWriteBytes(destination, bigEndian: true, out _);
                break;
            default:
                ThrowIfUnsupported<T>();
                break;
        }
    }

    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.FormatUnknown"/>: the bytes are no value of this type.</exception>
    public static T Read<T>(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return (T)ReadValue<T>(bytes);
        }
        catch (ArgumentException) // a DecoderFallbackException is one too
        {
            throw NoValue<T>();
        }
    }

    public static PrivacyException NoValue<T>() => new(
        PrivacyErrorCode.FormatUnknown,
        $"The decrypted value is no {typeof(T).Name}. Check that the property still has the type that the value was stored with.");

    private static object ReadValue<T>(ReadOnlySpan<byte> bytes)
    {
        if (typeof(T) == typeof(string))
        {
            return StrictUtf8.Encoding.GetString(bytes);
        }

        if (typeof(T) == typeof(byte[]))
        {
            return bytes.ToArray();
        }

        if (bytes.Length != FixedLength<T>())
        {
            throw new ArgumentException("Another length.", nameof(bytes));
        }

        return typeof(T) switch
        {
            var type when type == typeof(int) => BinaryPrimitives.ReadInt32BigEndian(bytes),
            var type when type == typeof(long) => BinaryPrimitives.ReadInt64BigEndian(bytes),
            var type when type == typeof(decimal) => ReadDecimal(bytes),
            var type when type == typeof(DateOnly) => DateOnly.FromDayNumber(BinaryPrimitives.ReadInt32BigEndian(bytes)),
            var type when type == typeof(DateTimeOffset) => new DateTimeOffset(BinaryPrimitives.ReadInt64BigEndian(bytes), TimeSpan.Zero)
                .ToOffset(TimeSpan.FromMinutes(BinaryPrimitives.ReadInt16BigEndian(bytes[sizeof(long)..]))),
            _ => new Guid(bytes, bigEndian: true),
        };
    }

    private static int FixedLength<T>() => typeof(T) switch
    {
        var type when type == typeof(int) || type == typeof(DateOnly) => sizeof(int),
        var type when type == typeof(long) => sizeof(long),
        var type when type == typeof(DateTimeOffset) => sizeof(long) + sizeof(short),
        var type when type == typeof(decimal) || type == typeof(Guid) => 16,
        _ => 0,
    };

    private static void WriteDecimal(decimal number, Span<byte> destination)
    {
        Span<int> words = stackalloc int[4]; // low, middle, high, flags
        decimal.GetBits(number, words);
        for (var i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(destination[((words.Length - 1 - i) * sizeof(int))..], words[i]);
        }
    }

    private static decimal ReadDecimal(ReadOnlySpan<byte> bytes)
    {
        Span<int> words = stackalloc int[4];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = BinaryPrimitives.ReadInt32BigEndian(bytes[((words.Length - 1 - i) * sizeof(int))..]);
        }

        return new decimal(words);
    }
}
