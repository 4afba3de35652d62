using System.Runtime.InteropServices;
using Abm.Privacy.Classification;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Abm.Privacy.EntityFrameworkCore.Mapping;

/// <summary>The envelope of a value, and nothing else: a value without one throws, so clear text never reaches a command.</summary>
internal sealed class ProtectedConverter<T>() : ValueConverter<Protected<T>, byte[]>(
    value => ToBytes(value), bytes => FromBytes(bytes))
    where T : notnull
{
    internal static byte[] ToBytes(Protected<T> value) =>
        // the value's own array: a parameter is only read
        MemoryMarshal.TryGetArray(value.Envelope, out var segment) && segment.Offset == 0 && segment.Array!.Length == segment.Count
            ? segment.Array
            : value.Envelope.ToArray();

    internal static Protected<T> FromBytes(byte[] bytes) => Protected<T>.FromEnvelope(bytes);
}
