namespace Abm.Privacy.Encryption.BlindIndexes;

/// <summary>
/// Turns a value into the normal text that a blind index is computed over: two values with one normal text are found by
/// each other. The ready ones are in <see cref="BlindIndexTransforms"/>. Implementations are safe for concurrent use.
/// </summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
public interface IBlindIndexTransform<TValue>
    where TValue : notnull
{
    /// <summary>
    /// The transform's frozen name and version, for example <c>email-domain-v1</c>: lower-case letters, digits and hyphens,
    /// ending in <c>-v</c> and a number. It enters the index key. A change of what the transform writes needs a new version.
    /// </summary>
    string Id { get; }

    /// <summary>How many normal texts there can be, or null where the form of the value sets no limit.</summary>
    long? DomainSize { get; }

    /// <summary>The greatest length of a value's normal text.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The length in UTF-16 code units.</returns>
    int GetMaxLength(TValue value);

    /// <summary>Writes a value's normal text.</summary>
    /// <param name="value">The value.</param>
    /// <param name="destination">At least <see cref="GetMaxLength"/> characters.</param>
    /// <returns>How many characters were written; 0 means that the value has nothing to be found by, and is refused.</returns>
    int Normalize(TValue value, Span<char> destination);
}
