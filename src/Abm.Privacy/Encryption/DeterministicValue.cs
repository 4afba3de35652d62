using System.Buffers.Binary;
using Abm.Privacy.Classification;

namespace Abm.Privacy.Encryption;

/// <summary>
/// The binary form of a value that is encrypted deterministically: that of a protected value, for the types of which one value has
/// one form; besides, <see cref="bool"/> as one byte and an enumeration's underlying number as 8 bytes, big-endian.
/// </summary>
internal static class DeterministicValue
{
    public static void ThrowIfUnsupported(Type type)
    {
        if (!HasFewValues(type) && type != typeof(string) && type != typeof(byte[]) && type != typeof(int) && type != typeof(long) && type != typeof(Guid))
        {
            throw new NotSupportedException(
                $"{type.Name} has no one binary form for a value, so equal values might not be found. Use string, byte[], int, long or Guid, or convert the value to text yourself.");
        }
    }

    public static bool HasFewValues(Type type) => type == typeof(bool) || type == typeof(DateOnly) || type.IsEnum;

    public static int GetLength<T>(T value) => value switch
    {
        null => throw new ArgumentNullException(nameof(value)),
        bool => 1,
        Enum => sizeof(long),
        _ => ProtectedFormat.GetLength(value),
    };

    /// <summary>Writes exactly <see cref="GetLength"/> bytes.</summary>
    public static void Write<T>(T value, Span<byte> destination)
    {
        switch (value)
        {
            case bool truth:
                destination[0] = truth ? (byte)1 : (byte)0;
                break;
            case Enum number:
                BinaryPrimitives.WriteInt64BigEndian(destination, EnumNumber.Of(number));
                break;
            default:
                ProtectedFormat.Write(value, destination);
                break;
        }
    }

    /// <exception cref="PrivacyException"><see cref="PrivacyErrorCode.FormatUnknown"/>: the bytes are no value of this type.</exception>
    public static T Read<T>(ReadOnlySpan<byte> bytes)
    {
        if (typeof(T) == typeof(bool))
        {
            return bytes is [0 or 1] ? (T)(object)(bytes[0] == 1) : throw ProtectedFormat.NoValue<T>();
        }

        if (!typeof(T).IsEnum)
        {
            return ProtectedFormat.Read<T>(bytes);
        }

        try
        {
            return bytes.Length == sizeof(long)
                ? (T)Enum.ToObject(typeof(T), BinaryPrimitives.ReadInt64BigEndian(bytes))
                : throw ProtectedFormat.NoValue<T>();
        }
        catch (OverflowException)
        {
            throw ProtectedFormat.NoValue<T>();
        }
    }
}
