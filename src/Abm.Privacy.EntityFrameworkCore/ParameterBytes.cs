using System.Runtime.InteropServices;

namespace Abm.Privacy.EntityFrameworkCore;

/// <summary>Bytes as the array that a database parameter takes.</summary>
internal static class ParameterBytes
{
    /// <summary>The very array behind the bytes where there is one: a parameter is only read.</summary>
    public static byte[] Of(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Offset == 0 && segment.Array!.Length == segment.Count ? segment.Array : bytes.ToArray();
}
