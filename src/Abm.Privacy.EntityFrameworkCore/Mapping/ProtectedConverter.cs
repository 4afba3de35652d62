using Abm.Privacy.Classification;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Abm.Privacy.EntityFrameworkCore.Mapping;

/// <summary>The envelope of a value, and nothing else: a value without one throws, so clear text never reaches a command.</summary>
internal sealed class ProtectedConverter<T>() : ValueConverter<Protected<T>, byte[]>(
    value => ParameterBytes.Of(value.Envelope), bytes => FromBytes(bytes))
    where T : notnull
{
    internal static Protected<T> FromBytes(byte[] bytes) => Protected<T>.FromEnvelope(bytes);
}
