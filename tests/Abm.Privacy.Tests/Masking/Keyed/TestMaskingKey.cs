using Abm.Privacy.Masking.Keyed;

namespace Abm.Privacy.Tests.Masking.Keyed;

/// <summary>The published test key of docs/keyed-masking.md: the bytes 0 to 31.</summary>
internal static class TestMaskingKey
{
    public static MaskingKey Shared { get; } = Create();

    public static byte[] Bytes(byte first = 0) => [.. Enumerable.Range(first, 32).Select(value => (byte)value)];

    public static MaskingKey Create(byte first = 0, string domain = MaskingKey.DefaultDomain, int version = 1) =>
        MaskingKey.FromBytes(Bytes(first), domain, version);
}
