namespace Abm.Privacy.Tests.Encryption.BlindIndexes;

internal static class ByteArrays
{
    public static readonly IEqualityComparer<byte[]> Comparer = EqualityComparer<byte[]>.Create(
        static (left, right) => left.AsSpan().SequenceEqual(right), static bytes => Convert.ToHexString(bytes).GetHashCode(StringComparison.Ordinal));
}
