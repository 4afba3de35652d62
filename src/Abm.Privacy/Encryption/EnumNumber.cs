using System.Globalization;

namespace Abm.Privacy.Encryption;

/// <summary>The underlying number of an enumeration's value: names may change, numbers are stored.</summary>
internal static class EnumNumber
{
    /// <summary>The number; the upper half of <see cref="ulong"/> keeps its bits.</summary>
    public static long Of(Enum value) => IsUnsigned(value)
        ? unchecked((long)((IConvertible)value).ToUInt64(CultureInfo.InvariantCulture))
        : ((IConvertible)value).ToInt64(CultureInfo.InvariantCulture);

    /// <summary>The number in decimal digits.</summary>
    public static string ToText(Enum value) => IsUnsigned(value)
        ? ((IConvertible)value).ToUInt64(CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)
        : ((IConvertible)value).ToInt64(CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);

    private static bool IsUnsigned(Enum value) => value.GetTypeCode() == TypeCode.UInt64;
}
