namespace Abm.Privacy.Encryption.BlindIndexes;

/// <summary>Types that have few values whatever a transform of them states.</summary>
internal static class SmallDomain
{
    private const long Few = 256;

    public static long? Of<TValue>(long? stated)
    {
        var type = Nullable.GetUnderlyingType(typeof(TValue)) ?? typeof(TValue);
        long? ofType = type == typeof(bool) ? 2
            : type.IsEnum || type == typeof(byte) || type == typeof(sbyte) ? Few
            : null;
        return ofType is { } few && !(stated < few) ? few : stated;
    }
}
